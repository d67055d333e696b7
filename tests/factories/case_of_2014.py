"""The published files from which the case of 2014 is printed."""

FILES = (
    "register/edubasealldata_rebuilt_20220427.csv.gz",
    "register/edubasealldata_leeds_20230705.csv.gz",
    "register/links_edubasealldata_20260821.csv.gz",
    "ofsted/mi_schools_2013-12-31.csv.gz",
    "ofsted/mi_schools_2014-04-30.csv.gz",
    "ofsted/mi_schools_2014-12-31.csv.gz",
    "ofsted/mi_schools_2015-05-31.csv.gz",
    "ofsted/inspection_history_2005-2020.csv.gz",
    "performance_tables/2012-2013/england_spine.csv.gz",
    "performance_tables/2012-2013/england_ks2_subset.csv.gz",
    "performance_tables/2012-2013/england_abs.csv.gz",
    "performance_tables/ks4_2013-2015_mainstream_secondary_derived.csv.gz",
)
