"""Sessions and accounts: who works here, with which role, and whether a form came from our own page."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from riwaya.model import RiwayaError

ROLES = ("reader", "coder", "admin")
HOURS = 12 * 3600  # seconds that a session lasts
COOKIE = "riwaya"
_TRIES, _WINDOW = 5, 900  # failed sign-ins within seconds before further ones are refused
_LEAST = 10  # characters of a password


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at work: a name, and a role (reader, coder, admin)."""

    name: str
    role: str

    @property
    def may_write(self) -> bool:
        """Whether corrections and additions are theirs to make."""
        return self.role in ("coder", "admin")


class Sessions:
    """Signed cookies and the form tokens bound to them."""

    def __init__(self, secret: str) -> None:
        """Sign with a secret; another secret ends all sessions."""
        self._secret = secret.encode()
        self._serializer = URLSafeTimedSerializer(secret, salt="session")

    def issue(self, person: Person) -> str:
        """A new cookie for a person."""
        return self._serializer.dumps([person.name, person.role, secrets.token_hex(8)])

    def read(self, cookie: str | None) -> Person | None:
        """The person of a cookie, None where it is absent, forged or too old."""
        if not cookie:
            return None
        try:
            name, role, _ = self._serializer.loads(cookie, max_age=HOURS)
        except (BadSignature, ValueError, TypeError):
            return None
        return Person(str(name), str(role)) if role in ROLES else None

    def token(self, cookie: str) -> str:
        """The token that forms of this session carry."""
        return hmac.new(self._secret, cookie.encode(), hashlib.sha256).hexdigest()

    def fits(self, cookie: str, token: str | None) -> bool:
        """Whether a form's token belongs to the session."""
        return token is not None and hmac.compare_digest(self.token(cookie).encode(), token.encode())


class Accounts:
    """The accounts of a workbench in a JSON file that only its owner reads: passwords as argon2 hashes."""

    def __init__(self, path: Path) -> None:
        """Read the file where there is one. Raises RiwayaError where it is not as it must be."""
        self.path = path
        self._lock = threading.Lock()
        self.secret = secrets.token_hex(32)
        self.people: dict[str, dict[str, str]] = {}
        if path.exists():
            try:
                content = json.loads(path.read_text(encoding="utf-8"))
                self.secret, self.people = content["secret"], dict(content["people"])
            except (ValueError, KeyError, TypeError) as error:
                raise RiwayaError(f"{path}: not an accounts file of riwaya ({error})") from error

    def add(self, name: str, role: str, password: str) -> None:
        """Keep an account, or give it a new role and password. Raises RiwayaError for what cannot be."""
        from argon2 import PasswordHasher

        if role not in ROLES:
            raise RiwayaError(f"expected a role of {', '.join(ROLES)}, found '{role}'")
        if len(password) < _LEAST:
            raise RiwayaError(f"a password needs at least {_LEAST} characters")
        if not name.strip() or len(name) > 60:
            raise RiwayaError("a name needs 1 to 60 characters")
        with self._lock:
            self.people[name] = {"role": role, "hash": PasswordHasher().hash(password)}
            content = json.dumps({"secret": self.secret, "people": self.people}, ensure_ascii=False, indent=1)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write(content + "\n")

    def check(self, name: str, password: str) -> Person | None:
        """The person of a name and password, None where they do not fit; takes as long for an unknown name."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        hasher = PasswordHasher()
        known = self.people.get(name)
        if known is None:
            hasher.hash(password[:200])
            return None
        try:
            hasher.verify(known["hash"], password)
        except (VerificationError, InvalidHashError):
            return None
        return Person(name, known["role"])

    def current(self, person: Person) -> Person | None:
        """The person with the role that the account has now, None where the account is gone."""
        known = self.people.get(person.name)
        return Person(person.name, known["role"]) if known else None


class Attempts:
    """Failed sign-ins by name and address: too many within a quarter of an hour, and further ones wait."""

    def __init__(self) -> None:
        """Begin with none."""
        self._failed: dict[str, list[float]] = defaultdict(list)

    def refused(self, *keys: str) -> bool:
        """Whether one of the keys has failed too often lately."""
        now = time.monotonic()
        for key in keys:
            self._failed[key] = [at for at in self._failed[key] if now - at < _WINDOW]
        return any(len(self._failed[key]) >= _TRIES for key in keys)

    def failed(self, *keys: str) -> None:
        """Note a failure."""
        for key in keys:
            self._failed[key].append(time.monotonic())
