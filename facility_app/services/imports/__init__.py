"""Import of residents and what is kept for them from lists (CSV, Excel).

Read, mapped, previewed, run.
"""

from facility_app.services.imports.columns import Target as Target
from facility_app.services.imports.columns import guess_mapping as guess_mapping
from facility_app.services.imports.parse import CellError as CellError
from facility_app.services.imports.plan import Change as Change
from facility_app.services.imports.run import Counts as Counts
from facility_app.services.imports.run import ImportResult as ImportResult
from facility_app.services.imports.run import Preview as Preview
from facility_app.services.imports.run import import_file as import_file
from facility_app.services.imports.run import preview as preview
from facility_app.services.imports.run import run_import as run_import
from facility_app.services.imports.table import Table as Table
from facility_app.services.imports.table import read_table as read_table
