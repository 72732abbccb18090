"""The directory of people as files: TOML as in `given.toml`, CSV as CRM systems export it.

`shapes.py` is the table of what each kind of entry holds, `from_toml.py` and `from_csv.py` turn files into records,
`build.py` turns records into a `Directory`, `checks.py` finds what does not fit together. Everything that is wrong is
reported at once, each thing with file and line.
"""

from mailroute.services.directory_file.read import Given, Imported, read_directory, read_files, read_given
from mailroute.services.directory_file.write import to_toml

__all__ = ["Given", "Imported", "read_directory", "read_files", "read_given", "to_toml"]
