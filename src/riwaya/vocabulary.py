"""The closed lists of the codebook: kinds, statuses, stances, levels. Imports only the standard library."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Event kinds of the codebook."""

    CLASH = "clash"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    ATTACK = "attack"
    KILLING = "killing"
    OFFENSIVE = "offensive"
    CAPTURE = "capture"
    SIEGE = "siege"
    DEPLOYMENT = "deployment"
    INTERCEPTION = "interception"
    EVACUATION = "evacuation"
    WITHDRAWAL = "withdrawal"
    SURRENDER = "surrender"
    AGREEMENT = "agreement"
    CEASEFIRE = "ceasefire"
    CEASEFIRE_VIOLATION = "ceasefire_violation"
    NEGOTIATION = "negotiation"
    RELEASE = "release"
    AID = "aid"
    ARREST = "arrest"
    ABDUCTION = "abduction"
    DISPLACEMENT = "displacement"
    PROPERTY_DESTRUCTION = "property_destruction"
    PROTEST = "protest"
    THREAT = "threat"
    ACCUSATION = "accusation"
    APPEAL = "appeal"


class Status(StrEnum):
    """How real the report makes the happening."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NOT_OCCURRED = "not_occurred"


class Stance(StrEnum):
    """What a source does with a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    UNCONFIRMED = "unconfirmed"
    CLAIMS_RESPONSIBILITY = "claims_responsibility"


class SourceKind(StrEnum):
    """What sort of source speaks."""

    MONITOR = "monitor"
    OFFICIAL = "official"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    STATE_MEDIA = "state_media"
    NEWS_MEDIA = "news_media"
    SOCIAL_MEDIA = "social_media"
    IGO = "igo"
    NGO = "ngo"
    MEDICAL = "medical"
    LOCAL = "local"
    UNNAMED = "unnamed"
    POLITICAL = "political"
    OUTLET = "outlet"


class ActorKind(StrEnum):
    """What sort of actor is named."""

    STATE = "state"
    MILITARY = "military"
    POLICE = "police"
    ARMED_GROUP = "armed_group"
    COALITION = "coalition"
    IGO = "igo"
    NGO = "ngo"
    MONITOR = "monitor"
    MEDIA = "media"
    POLITICAL = "political"
    PERSON = "person"
    CIVILIANS = "civilians"
    OTHER = "other"


class Level(StrEnum):
    """What sort of place is named."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    CAMP = "camp"
    FACILITY = "facility"
    REGION = "region"
    NATURAL = "natural"


class What(StrEnum):
    """What a count counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    EVACUATED = "evacuated"
    RELEASED = "released"
    SURRENDERED = "surrendered"
    BESIEGED = "besieged"
    VEHICLES = "vehicles"
    STRIKES = "strikes"
    MUNITIONS = "munitions"
    HOUSEHOLDS = "households"
    OTHER = "other"


FAMILIES: dict[str, tuple[Kind, ...]] = {
    "battle": (Kind.CLASH, Kind.ATTACK, Kind.OFFENSIVE, Kind.CAPTURE, Kind.DEPLOYMENT),
    "remote": (Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.INTERCEPTION),
    "harm": (Kind.KILLING, Kind.ARREST, Kind.ABDUCTION, Kind.SIEGE, Kind.DISPLACEMENT, Kind.PROPERTY_DESTRUCTION),
    "de-escalation": (
        Kind.EVACUATION,
        Kind.WITHDRAWAL,
        Kind.SURRENDER,
        Kind.AGREEMENT,
        Kind.CEASEFIRE,
        Kind.NEGOTIATION,
        Kind.RELEASE,
        Kind.AID,
    ),
    "dispute": (Kind.CEASEFIRE_VIOLATION, Kind.THREAT, Kind.ACCUSATION, Kind.APPEAL, Kind.PROTEST),
}
