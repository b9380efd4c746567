"""All tables.

The same models serve SQLCipher and PostgreSQL; what is engine-specific stays in `db/`.
"""

from __future__ import annotations

from facility_app.db.models.base import Base as Base
from facility_app.db.models.base import table_of as table_of
from facility_app.db.models.cards import CardCheckRow as CardCheckRow
from facility_app.db.models.custody import BackupRow as BackupRow
from facility_app.db.models.custody import EmergencyReleaseRow as EmergencyReleaseRow
from facility_app.db.models.custody import HandBackItemRow as HandBackItemRow
from facility_app.db.models.custody import HandBackRow as HandBackRow
from facility_app.db.models.custody import HandoverRow as HandoverRow
from facility_app.db.models.custody import ItemKindRow as ItemKindRow
from facility_app.db.models.custody import ItemRow as ItemRow
from facility_app.db.models.custody import LoanLineRow as LoanLineRow
from facility_app.db.models.custody import LoanRow as LoanRow
from facility_app.db.models.custody import PouchRow as PouchRow
from facility_app.db.models.custody import PouchTagRow as PouchTagRow
from facility_app.db.models.custody import PurposeRow as PurposeRow
from facility_app.db.models.custody import SlotRow as SlotRow
from facility_app.db.models.duties import DutyRow as DutyRow
from facility_app.db.models.duties import LifeEventRow as LifeEventRow
from facility_app.db.models.lost import LeakAssessmentRow as LeakAssessmentRow
from facility_app.db.models.lost import LostCaseRow as LostCaseRow
from facility_app.db.models.lost import LostItemRow as LostItemRow
from facility_app.db.models.lost import LostStepRow as LostStepRow
from facility_app.db.models.people import AgreementKindRow as AgreementKindRow
from facility_app.db.models.people import AgreementRow as AgreementRow
from facility_app.db.models.people import FacilityRow as FacilityRow
from facility_app.db.models.people import GrantRow as GrantRow
from facility_app.db.models.people import ProxyRow as ProxyRow
from facility_app.db.models.people import ResidentKeyRow as ResidentKeyRow
from facility_app.db.models.people import ResidentRow as ResidentRow
from facility_app.db.models.people import SettingRow as SettingRow
from facility_app.db.models.people import StaffRow as StaffRow
from facility_app.db.models.pins import VaultEntryRow as VaultEntryRow
from facility_app.db.models.pins import VaultOfficerRow as VaultOfficerRow
from facility_app.db.models.pins import VaultRow as VaultRow
from facility_app.db.models.record import AuditEntryRow as AuditEntryRow
from facility_app.db.models.record import AuditHeadRow as AuditHeadRow
from facility_app.db.models.record import AuditNodeRow as AuditNodeRow
from facility_app.db.models.record import CheckpointRow as CheckpointRow
from facility_app.db.models.record import IntentRow as IntentRow
from facility_app.db.models.registers import AttachmentRow as AttachmentRow
from facility_app.db.models.registers import ErasureRow as ErasureRow
from facility_app.db.models.registers import LegalHoldRow as LegalHoldRow
from facility_app.db.models.registers import RegisterEntryRow as RegisterEntryRow
from facility_app.db.models.registers import RegisterMarkRow as RegisterMarkRow
from facility_app.db.models.review import ReviewMarkRow as ReviewMarkRow
from facility_app.db.models.review import ReviewRow as ReviewRow
from facility_app.db.models.stocktake import StocktakeCountRow as StocktakeCountRow
from facility_app.db.models.stocktake import StocktakeDifferenceRow as StocktakeDifferenceRow
from facility_app.db.models.stocktake import StocktakeMarkRow as StocktakeMarkRow
from facility_app.db.models.stocktake import StocktakeRow as StocktakeRow
from facility_app.db.models.visits import ClinicRow as ClinicRow
from facility_app.db.models.visits import HouseCallRow as HouseCallRow
from facility_app.db.models.visits import ResidentInsuranceRow as ResidentInsuranceRow
from facility_app.db.models.visits import VisitOutcomeRow as VisitOutcomeRow
from facility_app.db.models.visits import VisitRow as VisitRow
from facility_app.db.models.visits import VisitSeriesRow as VisitSeriesRow
