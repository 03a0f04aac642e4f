"""Where neither Java nor pyspark is found, what needs Spark is skipped; `.ci/run` installs both."""

import importlib.util
import shutil

import pytest

FOUND = shutil.which("java") is not None and importlib.util.find_spec("pyspark") is not None
needs_spark = pytest.mark.skipif(not FOUND, reason="Spark needs Java 17 and pyspark: make spark")

# Small questions, many of them: compiling them costs more than answering them.
SMALL_QUESTIONS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
