"""Checks many contracts with Spark: each partition is piped through one `keiyaku` process.

    python examples/pyspark_check.py contracts.ndjson findings --keiyaku /usr/local/bin/keiyaku --master 'local[2]'

The input is a file or folder of NDJSON, a record {"id", "text"} a line. The output is a folder of NDJSON, an answer a line, in the order of
the records of each partition. `keiyaku check --stdin ndjson` ends with 0 whatever it finds, so a failed task is a real failure. At the end
it says how many records and bytes of them were answered in a second, without the time that Spark takes to start.
"""

import argparse
import shlex
import time

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
    count, size = spark.sparkContext.accumulator(0), spark.sparkContext.accumulator(0)

    def counted(line):
        count.add(1)
        size.add(len(line.encode()))
        return line

    # One thread for each process: Spark runs as many of them as there are cores.
    command = f"{shlex.quote(options.keiyaku)} check --isolated --stdin ndjson"
    records = spark.sparkContext.textFile(options.source, options.partitions)
    answers = records.map(counted).pipe(command, env={"RAYON_NUM_THREADS": "1"}, checkCode=True)
    begun = time.monotonic()
    answers.saveAsTextFile(options.target)
    seconds = time.monotonic() - begun
    megabytes = size.value / 1e6
    print(
        f"{count.value} records, {megabytes:.1f} MB in {seconds:.1f} s with {spark.sparkContext.defaultParallelism} workers: "
        f"{count.value / seconds:.0f} records/s, {megabytes / seconds:.1f} MB/s"
    )
    spark.stop()


if __name__ == "__main__":
    main()
