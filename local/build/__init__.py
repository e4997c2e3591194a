"""The deployment package: what Lambda runs, and nothing else."""

from local.build.command import main
from local.build.package import Package, build_package, complete_package
from local.build.target import LAMBDA, BuildError, Target, this_machine

__all__ = [
    "LAMBDA",
    "BuildError",
    "Package",
    "Target",
    "build_package",
    "complete_package",
    "main",
    "this_machine",
]
