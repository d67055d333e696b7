"""The national rebuild four times over: Steward, hand-written DuckDB SQL, Polars and pandas.

Each program turns the same stored releases and register rows into values.parquet and areas.parquet.
The other three are given a plan with every column already resolved, so that they need not read the
definitions; Steward reads its definitions as it always does. The key stage 4 file of 2010, which
names schools by number, is left out for all four.
"""
