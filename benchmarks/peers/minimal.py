"""What our functions are made of, and nothing else: Starlette, Mangum, PyMySQL and PyJWT."""

import jwt  # noqa: F401
import pymysql  # noqa: F401
from mangum import Mangum
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def list_issues(_request: Request) -> JSONResponse:
    return JSONResponse([])


handler = Mangum(Starlette(routes=[Route("/api/issues", list_issues)]), lifespan="off")
