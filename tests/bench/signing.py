"""A user pool's key pair, its published keys and access tokens signed with it."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY_ID = "bench"


class Pool:
    """Signs as the user pool of the environment does."""

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def published(self) -> dict[str, Any]:
        """The key set document."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def token(self, person: str, now: datetime) -> str:
        """An access token of `person`, signed in a minute before `now`."""
        pool = os.environ["USER_POOL_ID"]
        claims = {
            "iss": f"https://cognito-idp.{pool.partition('_')[0]}.amazonaws.com/{pool}",
            "client_id": os.environ["USER_POOL_CLIENT_ID"],
            "token_use": "access",
            "username": person.lower(),
            "sub": "11111111-2222-3333-4444-555555555555",
            "scope": "aws.cognito.signin.user.admin",
            "auth_time": int((now - timedelta(minutes=1)).timestamp()),
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})
