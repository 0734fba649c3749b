"""python unzip.py archive folder pattern...: extracts the members that match a pattern, with their paths."""
import fnmatch
import sys
import zipfile

archive, folder, *patterns = sys.argv[1:]
with zipfile.ZipFile(archive) as wheel:
    names = [name for name in wheel.namelist() if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)]
    if not names:
        sys.exit(f"error: nothing in {archive} matches {' '.join(patterns)}")
    for name in names:
        wheel.extract(name, folder)
