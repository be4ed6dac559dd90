"""Reports of mail servers, in the form of RFC 3464."""


def report(message_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """What a server sends back about a mail with this id."""
    return f"""From: Mail Delivery System <MAILER-DAEMON@people.test>
To: 311@post.test
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@people.test>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; people.test

Final-Recipient: rfc822; ada@people.test
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown user

--b
Content-Type: text/rfc822-headers

From: 311@post.test
Message-ID: {message_id}

--b--
""".replace("\n", "\r\n").encode()
