"""The deployment package: what Lambda runs, and nothing else."""

from local.build.command import main
from local.build.package import Package, build_package, complete_package
from local.build.target import BuildError, Target, chosen_runtime, for_lambda, this_machine

__all__ = [
    "BuildError",
    "Package",
    "Target",
    "build_package",
    "chosen_runtime",
    "complete_package",
    "for_lambda",
    "main",
    "this_machine",
]
