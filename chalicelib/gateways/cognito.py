"""The user pool: passwords, second factors, tokens and the keys that sign them. A person's user name is their id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from chalicelib.domain.errors import DomainError, FieldError, Invalid, TooMany, Unauthenticated
from chalicelib.domain.sessions import Challenge, Tokens
from chalicelib.gateways import aws
from chalicelib.settings import settings

_WEAK = {
    "InvalidPasswordException": "weak_password",
    "PasswordHistoryPolicyViolationException": "password_used_before",
}
_REFUSALS: Mapping[str, DomainError | None] = {
    "NotAuthorizedException": None,
    "UserNotFoundException": None,
    "UserNotConfirmedException": None,
    "PasswordResetRequiredException": None,
    "InvalidParameterException": None,
    "ResourceNotFoundException": None,
    "SoftwareTokenMFANotFoundException": None,
    "CodeMismatchException": Unauthenticated("wrong_code"),
    "ExpiredCodeException": Unauthenticated("wrong_code"),
    "EnableSoftwareTokenMFAException": Unauthenticated("wrong_code"),
    "TooManyRequestsException": TooMany(),
    "LimitExceededException": TooMany(),
    "TooManyFailedAttemptsException": TooMany(),
}
"""What the pool says, as the domain says it; None where it only means "not with these credentials"."""


@contextmanager
def _refusals(code: str, field: str = "new_password") -> Iterator[None]:
    from botocore.exceptions import ClientError, ParamValidationError

    try:
        yield
    except ClientError as error:
        said = error.response["Error"]["Code"]
        if said in _WEAK:
            raise Invalid(FieldError(field, _WEAK[said])) from error
        if said not in _REFUSALS:
            raise
        raise (_REFUSALS[said] or Unauthenticated(code)) from error
    except ParamValidationError as error:
        raise Unauthenticated(code) from error


class UserPool:
    """One pool and its one client. A wrong user, password, code or session raises Unauthenticated alike."""

    def __init__(self, client: Any, pool_id: str, client_id: str) -> None:
        self._client = client
        self._pool = {"UserPoolId": pool_id}
        self._both = {"UserPoolId": pool_id, "ClientId": client_id}

    def sign_in(self, username: str, password: str) -> Tokens | Challenge:
        """Tokens, or what is still missing."""
        with _refusals("wrong_credentials"):
            answer = self._client.admin_initiate_auth(
                **self._both,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": username, "PASSWORD": password},
            )
        return _outcome(answer)

    def answer(self, username: str, challenge: str, session: str, answers: Mapping[str, str]) -> Tokens | Challenge:
        """Continue a sign-in: `answers` to the challenge, named as Cognito names them."""
        with _refusals("sign_in_expired"):
            answer = self._client.admin_respond_to_auth_challenge(
                **self._both,
                ChallengeName=challenge,
                Session=session,
                ChallengeResponses={"USERNAME": username, **answers},
            )
        return _outcome(answer)

    def refresh(self, refresh_token: str) -> Tokens:
        """New tokens for the same sign-in."""
        with _refusals("token_expired"):
            answer = self._client.admin_initiate_auth(
                **self._both, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": refresh_token}
            )
        result = answer["AuthenticationResult"]
        return Tokens(result["AccessToken"], result.get("RefreshToken", refresh_token), result["ExpiresIn"])

    def begin_second_factor(self, access_token: str) -> str:
        """A new secret (base32) for the person of the token."""
        with _refusals("sign_in_expired"):
            return str(self._client.associate_software_token(AccessToken=access_token)["SecretCode"])

    def finish_second_factor(self, username: str, access_token: str, code: str) -> None:
        """Ask for the second factor from now on; raises Unauthenticated when `code` is not of the new secret."""
        with _refusals("sign_in_expired"):
            verified = self._client.verify_software_token(AccessToken=access_token, UserCode=code)
            if verified["Status"] != "SUCCESS":
                raise Unauthenticated("wrong_code")
            factor = {"Enabled": True, "PreferredMfa": True}
            self._client.admin_set_user_mfa_preference(**self._pool, Username=username, SoftwareTokenMfaSettings=factor)

    def forget_second_factor(self, username: str) -> None:
        """Ask for no second factor any more, so that a new one can be set up."""
        off = {"Enabled": False, "PreferredMfa": False}
        self._client.admin_set_user_mfa_preference(**self._pool, Username=username, SoftwareTokenMfaSettings=off)

    def sign_out(self, username: str) -> None:
        """End every session of the person."""
        with _refusals("unauthenticated"):
            self._client.admin_user_global_sign_out(**self._pool, Username=username)

    def create(self, username: str) -> None:
        """Make the account unless it is there; nobody knows its password until one is set."""
        try:
            self._client.admin_create_user(**self._pool, Username=username, MessageAction="SUPPRESS")
        except self._client.exceptions.UsernameExistsException:
            return

    def set_password(self, username: str, password: str, temporary: bool) -> None:
        """Set the password; a temporary one must be changed at the next sign-in. Raises Invalid for a weak one."""
        with _refusals("unauthenticated", "password"):
            self._client.admin_set_user_password(
                **self._pool, Username=username, Password=password, Permanent=not temporary
            )

    def close(self, username: str) -> None:
        """Let nobody in under this name any more, and end every session."""
        try:
            self._client.admin_disable_user(**self._pool, Username=username)
            self._client.admin_user_global_sign_out(**self._pool, Username=username)
        except self._client.exceptions.UserNotFoundException:
            return


def _outcome(answer: Mapping[str, Any]) -> Tokens | Challenge:
    if "ChallengeName" in answer:
        return Challenge(answer["ChallengeName"], answer["Session"])
    result = answer["AuthenticationResult"]
    return Tokens(result["AccessToken"], result["RefreshToken"], result["ExpiresIn"])


@cache
def user_pool() -> UserPool:
    """The process's pool."""
    return UserPool(aws.client("cognito-idp"), settings().user_pool_id, settings().user_pool_client_id)
