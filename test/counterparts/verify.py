"""Judges a request by the vendors' own libraries: reads JSON on standard input, prints true or false."""
import base64
import json
import sys

from slack_sdk.signature import SignatureVerifier
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from twilio.request_validator import RequestValidator

asked = json.load(sys.stdin)
kind = asked["kind"]
if kind == "twilio":
    good = RequestValidator(asked["token"]).validate(asked["url"], asked["form"], asked["signature"])
elif kind == "slack":
    good = SignatureVerifier(asked["secret"]).is_valid(asked["body"], asked["timestamp"], asked["signature"])
else:
    try:
        Webhook(base64.b64encode(asked["secret"].encode()).decode()).verify(asked["body"], asked["headers"])
        good = True
    except WebhookVerificationError:
        good = False
print(json.dumps(good))
