"""The fixed vocabulary of the case file: each code that may be written, and how papers say it in plain words."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

_WORDS: dict[str, str] = {}


class Word(StrEnum):
    """A code with its plain words: the second value, or the code with spaces for underscores."""

    def __new__(cls, code: str, words: str = "") -> Self:
        """A member that knows its plain words."""
        member = str.__new__(cls, code)
        member._value_ = code
        _WORDS[code] = words or code.replace("_", " ")
        return member

    @property
    def words(self) -> str:
        """The plain words for this code."""
        return _WORDS[self.value]


def describe_word(code: str) -> str:
    """The plain words for a code of any vocabulary; text that is no code comes back with spaces for underscores."""
    return _WORDS.get(code, code.replace("_", " "))


class Sex(Word):
    FEMALE = "female"
    MALE = "male"
    NOT_RECORDED = "not_recorded"


class CoupleStatus(Word):
    MARRIED = "married"
    CIVIL_PARTNERS = "civil_partners", "in a civil partnership"
    LIVING_TOGETHER = "living_together"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    NEVER_A_COUPLE = "never_a_couple"


class RelationshipKind(Word):
    MOTHER = "mother"
    FATHER = "father"
    SECOND_MOTHER = "second_mother", "mother"
    SPECIAL_GUARDIAN = "special_guardian"
    GUARDIAN = "guardian"
    STEP_PARENT = "step_parent", "step-parent"
    SISTER = "sister"
    BROTHER = "brother"
    HALF_SISTER = "half_sister", "half-sister"
    HALF_BROTHER = "half_brother", "half-brother"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    GREAT_GRANDPARENT = "great_grandparent", "great-grandparent"
    AUNT = "aunt"
    UNCLE = "uncle"
    COUSIN = "cousin"
    FAMILY_FRIEND = "family_friend"
    FOSTER_CARER = "foster_carer"
    CONNECTED_CARER = "connected_carer"
    PROSPECTIVE_ADOPTER = "prospective_adopter"
    ADOPTIVE_PARENT = "adoptive_parent"
    OTHER_RELATIVE = "other_relative"


PARENT_KINDS = frozenset(
    {
        RelationshipKind.MOTHER,
        RelationshipKind.FATHER,
        RelationshipKind.SECOND_MOTHER,
        RelationshipKind.SPECIAL_GUARDIAN,
        RelationshipKind.GUARDIAN,
    }
)
SIBLING_KINDS = frozenset(
    {
        RelationshipKind.SISTER,
        RelationshipKind.BROTHER,
        RelationshipKind.HALF_SISTER,
        RelationshipKind.HALF_BROTHER,
    }
)
ADOPTER_KINDS = frozenset({RelationshipKind.PROSPECTIVE_ADOPTER, RelationshipKind.ADOPTIVE_PARENT})
CARER_KINDS = ADOPTER_KINDS | {RelationshipKind.FOSTER_CARER, RelationshipKind.CONNECTED_CARER}


class Role(Word):
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    SENIOR_PRACTITIONER = "senior_practitioner"
    SERVICE_MANAGER = "service_manager"
    HEAD_OF_SERVICE = "head_of_service"
    INDEPENDENT_REVIEWING_OFFICER = "independent_reviewing_officer"
    AGENCY_DECISION_MAKER = "agency_decision_maker"
    PANEL_ADVISER = "panel_adviser"
    MEDICAL_ADVISER = "medical_adviser"
    LOCAL_AUTHORITY_LAWYER = "local_authority_lawyer", "lawyer for the local authority"
    CHILDRENS_GUARDIAN = "childrens_guardian", "children’s guardian"
    CHILDS_SOLICITOR = "childs_solicitor", "solicitor for the child"
    SOLICITOR = "solicitor"
    ADOPTION_TEAM_MANAGER = "adoption_team_manager"
    ADOPTION_SOCIAL_WORKER = "adoption_social_worker"
    FOSTERING_TEAM_MANAGER = "fostering_team_manager"
    FAMILY_FINDER = "family_finder"
    SUPERVISING_SOCIAL_WORKER = "supervising_social_worker"
    RESIDENTIAL_MANAGER = "residential_manager", "manager of the children’s home"
    RESIDENTIAL_KEY_WORKER = "residential_key_worker", "key worker at the children’s home"
    HEALTH_VISITOR = "health_visitor"
    SCHOOL = "school", "school or nursery"
    VIRTUAL_SCHOOL = "virtual_school"
    ADVOCATE = "advocate"
    INTERPRETER = "interpreter"
    MINUTE_TAKER = "minute_taker"
    ADOPTION_MATCHING_COORDINATOR = "adoption_matching_coordinator"
    FOSTERING_MATCHING_COORDINATOR = "fostering_matching_coordinator"
    ADOPTION_SERVICE_MANAGER = "adoption_service_manager"
    FOSTERING_SERVICE_MANAGER = "fostering_service_manager"
    ADOPTION_AND_PERMANENCY_MANAGER = "adoption_and_permanency_manager"
    CONNECTED_PERSONS_MANAGER = "connected_persons_manager", "connected-persons team manager"
    KINSHIP_WORKER = "kinship_worker", "kinship team worker"
    CHILDREN_IN_CARE_WORKER = "children_in_care_worker", "children in care team worker"
    FAMILY_CONNECTIONS_WORKER = "family_connections_worker", "family connections worker"
    REGIONAL_ADOPTION_WORKER = "regional_adoption_worker", "worker of the regional adoption agency"
    HEAD_OF_ADOPTION_AND_FOSTERING = "head_of_adoption_and_fostering", "head of adoption and fostering"
    HEAD_OF_FAMILY_SAFEGUARDING = "head_of_family_safeguarding", "head of family safeguarding"
    HEAD_OF_CHILDREN_LOOKED_AFTER = "head_of_children_looked_after", "head of children looked after and care leavers"
    HEAD_OF_INDEPENDENT_REVIEW = "head_of_independent_review", "head of the independent review team"
    IRO_SERVICE_MANAGER = "iro_service_manager", "manager of the reviewing officers"
    PANEL_ADMINISTRATOR = "panel_administrator"
    DECISION_MAKERS_ASSISTANT = "decision_makers_assistant", "assistant to the decision maker"
    ASSISTANT_DIRECTOR = "assistant_director"
    PLACEMENT_TEAM = "placement_team", "placement and resources team"
    REVIEWING_OFFICER = "reviewing_officer", "Reviewing Officer"
    FAMILY_PLACEMENT_WORKER = "family_placement_worker"
    ADOPTION_AND_PERMANENCE_COORDINATOR = "adoption_and_permanence_coordinator", "adoption and permanence co-ordinator"
    LOOKED_AFTER_CHILDREN_ADMINISTRATOR = "looked_after_children_administrator", "looked-after children administrator"
    EXPERT = "expert", "expert witness"
    OTHER_PROFESSIONAL = "other_professional"


class PlacementType(Word):
    WITH_PARENT = "with_parent", "at home with a parent"
    WITH_RELATIVE = "with_relative", "with a relative"
    HOSPITAL = "hospital", "in hospital"
    FOSTER_CARE = "foster_care"
    AGENCY_FOSTER_CARE = "agency_foster_care", "foster care with an independent agency"
    CONNECTED_FOSTER_CARE = "connected_foster_care", "foster care with a connected person"
    EARLY_PERMANENCE = "early_permanence", "early permanence (fostering for adoption or concurrency)"
    LONG_TERM_FOSTER_CARE = "long_term_foster_care", "long-term foster care"
    ADOPTIVE = "adoptive", "with prospective adopters"
    RESIDENTIAL = "residential", "a children’s home"
    MOTHER_AND_BABY = "mother_and_baby", "with their mother in a parent and child placement"
    INDEPENDENT_LIVING = "independent_living", "supported or independent living"


FOSTER_PLACEMENTS = frozenset(
    {
        PlacementType.FOSTER_CARE,
        PlacementType.AGENCY_FOSTER_CARE,
        PlacementType.CONNECTED_FOSTER_CARE,
        PlacementType.EARLY_PERMANENCE,
        PlacementType.LONG_TERM_FOSTER_CARE,
    }
)
"""Where a child lives with foster carers of any kind."""
CARE_PLACEMENTS = FOSTER_PLACEMENTS | {
    PlacementType.ADOPTIVE,
    PlacementType.RESIDENTIAL,
    PlacementType.MOTHER_AND_BABY,
    PlacementType.INDEPENDENT_LIVING,
}
"""Where a looked-after child lives by the authority's arrangement."""


class OrderKind(Word):
    SECTION_20 = "section_20", "accommodated under section 20"
    POLICE_PROTECTION = "police_protection"
    EMERGENCY_PROTECTION_ORDER = "emergency_protection_order"
    INTERIM_CARE_ORDER = "interim_care_order"
    INTERIM_SUPERVISION_ORDER = "interim_supervision_order"
    CARE_ORDER = "care_order"
    SUPERVISION_ORDER = "supervision_order"
    PLACEMENT_ORDER = "placement_order"
    ADOPTION_ORDER = "adoption_order"
    SPECIAL_GUARDIANSHIP_ORDER = "special_guardianship_order"
    CHILD_ARRANGEMENTS_ORDER = "child_arrangements_order"
    SECTION_34_CONTACT_ORDER = "section_34_contact_order", "order about contact with a child in care (section 34)"
    NON_MOLESTATION_ORDER = "non_molestation_order", "non-molestation order"
    SECTION_25_SCOTLAND = "section_25_scotland", "accommodated under section 25 (Scotland)"
    COMPULSORY_SUPERVISION_ORDER = "compulsory_supervision_order"
    CHILD_PROTECTION_ORDER = "child_protection_order"
    PERMANENCE_ORDER = "permanence_order", "permanence order (Scotland)"
    PERMANENCE_ORDER_WITH_AUTHORITY_TO_ADOPT = (
        "permanence_order_with_authority_to_adopt",
        "permanence order with authority to adopt (Scotland)",
    )
    OTHER_ORDER = "other_order"


INTERIM_ORDERS = frozenset({OrderKind.INTERIM_CARE_ORDER, OrderKind.INTERIM_SUPERVISION_ORDER})
"""Orders that are made while proceedings last."""
FINAL_ORDERS = frozenset(
    {
        OrderKind.CARE_ORDER,
        OrderKind.SUPERVISION_ORDER,
        OrderKind.PLACEMENT_ORDER,
        OrderKind.ADOPTION_ORDER,
        OrderKind.SPECIAL_GUARDIANSHIP_ORDER,
        OrderKind.CHILD_ARRANGEMENTS_ORDER,
        OrderKind.PERMANENCE_ORDER,
        OrderKind.PERMANENCE_ORDER_WITH_AUTHORITY_TO_ADOPT,
    }
)
"""Orders that end proceedings."""


class PlanKind(Word):
    REUNIFICATION = "reunification", "return to a parent"
    SPECIAL_GUARDIANSHIP = "special_guardianship"
    CHILD_ARRANGEMENTS = "child_arrangements", "living with a relative under a child arrangements order"
    CONNECTED_FOSTERING = "connected_fostering", "foster care with a connected person"
    LONG_TERM_FOSTERING = "long_term_fostering", "long-term fostering"
    ADOPTION = "adoption"
    ADOPTION_BY_RELATIVE = "adoption_by_relative", "adoption by a relative"
    RESIDENTIAL = "residential", "a children’s home"
    INDEPENDENT_LIVING = "independent_living", "independent living"
    RESIDENCE_ORDER = "residence_order", "living with a relative under a residence order (Scotland)"
    PERMANENCE_ORDER = "permanence_order", "permanence order (Scotland)"
    PERMANENCE_ORDER_WITH_AUTHORITY_TO_ADOPT = (
        "permanence_order_with_authority_to_adopt",
        "permanence order with authority to adopt (Scotland)",
    )
    ADOPTION_PETITION = "adoption_petition", "adoption by direct petition (Scotland)"
    OTHER = "other", "another arrangement"


class MeetingKind(Word):
    PERMANENCE_PLANNING_MEETING = "permanence_planning_meeting"
    FINAL_CARE_PLANNING_MEETING = "final_care_planning_meeting"
    LEGAL_PLANNING_MEETING = "legal_planning_meeting"
    PERMANENCY_CONSULTATION = "permanency_consultation"
    MATCHING_MEETING = "matching_meeting"
    PLANNING_MEETING_72_HOUR = "planning_meeting_72_hour", "72-hour planning meeting"
    FAMILY_GROUP_CONFERENCE = "family_group_conference"
    OTHER_MEETING = "other_meeting", "meeting"


class ReviewKind(Word):
    REVIEW = "review"
    TWO_TO_THREE_WEEK_REVIEW = "two_to_three_week_review", "two to three week review"
    SIX_WEEK_REVIEW = "six_week_review", "six-week review"
    THREE_MONTH_REVIEW = "three_month_review", "three-month review"
    PRE_PERMANENCE_REVIEW = "pre_permanence_review", "pre-permanence review"


class Part(Word):
    WHOLE = "whole", "whole meeting"
    INFORMATION = "information", "information sharing only"
    DECISION = "decision", "decision making only"


class HearingKind(Word):
    CASE_MANAGEMENT = "case_management", "case management hearing"
    FURTHER_CASE_MANAGEMENT = "further_case_management", "further case management hearing"
    ISSUES_RESOLUTION = "issues_resolution", "issues resolution hearing"
    FINAL = "final", "final hearing"
    PLACEMENT_APPLICATION = "placement_application", "hearing of the placement application"
    OTHER_HEARING = "other_hearing", "hearing"


class EvidenceKind(Word):
    """What sort of paper evidence is: practice directions limit some sorts, and keep others out."""

    CASE_SUMMARY = "case_summary"
    STATEMENT_OF_ISSUES = "statement_of_issues"
    POSITION_STATEMENT = "position_statement"
    CHRONOLOGY = "chronology"
    SKELETON_ARGUMENT = "skeleton_argument"
    ESSENTIAL_READING = "essential_reading", "list of essential reading"
    APPLICATION = "application"
    ORDER = "order"
    THRESHOLD = "threshold", "threshold document"
    WITNESS_STATEMENT = "witness_statement"
    CARE_PLAN = "care_plan"
    EXPERT_REPORT = "expert_report", "expert’s report"
    ASSESSMENT = "assessment"
    GUARDIANS_ANALYSIS = "guardians_analysis", "guardian’s analysis"
    MEETING_MINUTES = "meeting_minutes", "minutes of a meeting"
    CORRESPONDENCE = "correspondence"
    SCREENSHOTS = "screenshots", "screenshots of messages"
    PHOTOGRAPHS = "photographs"
    MEDICAL_RECORDS = "medical_records"
    BANK_STATEMENTS = "bank_statements"
    CONTACT_NOTES = "contact_notes", "notes of family time"
    FOSTER_CARER_LOGS = "foster_carer_logs", "foster carers’ logs"
    SOCIAL_SERVICES_FILES = "social_services_files"
    POLICE_DISCLOSURE = "police_disclosure"
    CONFIDENTIAL_CONTACT_DETAILS = "confidential_contact_details", "confidential contact details (form C8)"
    OTHER_EVIDENCE = "other_evidence", "another paper"


class StaysInWord(Word):
    """What an unfinished Word file may keep when it is filed."""

    COMMENTS = "comments"
    TRACKED_CHANGES = "tracked_changes"
    HIDDEN_TEXT = "hidden_text"


class IroOutcome(Word):
    SUPPORTS = "supports", "supports the plan"
    SUPPORTS_WITH_CONDITIONS = "supports_with_conditions", "supports the plan with conditions"
    CHALLENGES = "challenges", "challenges the plan"


class AdmOutcome(Word):
    SHOULD_BE_PLACED = "should_be_placed", "should be placed for adoption"
    SHOULD_NOT_BE_PLACED = "should_not_be_placed", "should not be placed for adoption"
    DEFERRED = "deferred", "decision deferred"


class Delivery(Word):
    POST = "post", "by post"
    BY_HAND = "by_hand", "by hand"
    EMAIL = "email", "by e-mail"
    SOLICITOR = "solicitor_only", "through their solicitor"
    PRISON = "prison", "through the prison"
    HOSPITAL_WARD = "hospital_ward", "through the ward"
    NONE = "none", "not to be sent"


class LetterFormat(Word):
    STANDARD = "standard"
    EASY_READ = "easy_read", "easy read"
    LARGE_PRINT = "large_print"


class Told(Word):
    IN_PERSON = "in_person", "in person"
    TELEPHONE = "telephone", "by telephone"
    VIDEO = "video", "by video call"
    LETTER = "letter", "by letter"
    EMAIL = "e_mail", "by e-mail"


class NotificationDecision(Word):
    NOTIFY = "notify", "to be told"
    DO_NOT_NOTIFY = "do_not_notify", "not to be told"
    UNDECIDED = "undecided", "not yet decided"


class RealisticAnswer(Word):
    REALISTIC = "realistic"
    RULED_OUT = "ruled_out", "ruled out early"


class LifeStoryStatus(Word):
    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"
