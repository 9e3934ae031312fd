"""Checks many contracts with Spark: each partition is piped through one `keiyaku` process.

    python examples/pyspark_check.py contracts.ndjson findings --keiyaku /usr/local/bin/keiyaku --master 'local[2]'

The input is a file or folder of NDJSON, a record {"id", "text"} a line. The output is a folder of NDJSON, an answer a line, in the order of
the records of each partition. `keiyaku check --stdin ndjson` ends with 0 whatever it finds, so a failed task is a real failure.
"""

import argparse
import shlex

from pyspark.sql import SparkSession


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--keiyaku", default="keiyaku", help="the program on every worker")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--partitions", type=int, default=4)
    options = parser.parse_args()

    spark = SparkSession.builder.master(options.master).appName("keiyaku").getOrCreate()
    # One thread for each process: Spark runs as many of them as there are cores.
    command = f"{shlex.quote(options.keiyaku)} check --isolated --stdin ndjson"
    records = spark.sparkContext.textFile(options.source, options.partitions)
    answers = records.pipe(command, env={"RAYON_NUM_THREADS": "1"}, checkCode=True)
    answers.saveAsTextFile(options.target)
    spark.stop()


if __name__ == "__main__":
    main()
