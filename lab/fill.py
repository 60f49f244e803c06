"""Fills a new domain with users and groups, in the files of its database: fill.py <smb.conf> <password> <address>."""
import sys

import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

configuration, password, address = sys.argv[1:4]
parameters = LoadParm()
parameters.load(configuration)
directory = SamDB(lp=parameters, session_info=system_session())
base = directory.domain_dn()

AES_ONLY = "24"
WITH_TIME_OF_PASSWORD = "local_oid:1.3.6.1.4.1.7165.4.3.20:0"
IN_1970 = "116444736000000000"


def dn(name):
    """With whatever is in the name: commas and quotes are escaped by the library."""
    made = ldb.Dn(directory, "CN=x,CN=Users," + base)
    made.set_component(0, "CN", name)
    return made


def set_attributes(name, **attributes):
    message = ldb.Message(dn(name))
    for attribute, value in attributes.items():
        attribute = attribute.replace("_", "-")
        message[attribute] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, attribute)
    directory.modify(message)


def user(name, **attributes):
    directory.newuser(name, password)
    directory.setexpiry("(sAMAccountName=%s)" % name, 0, no_expiry_req=True)
    if attributes:
        set_attributes(name, **attributes)


def group(name, *members):
    directory.add({"dn": dn(name), "objectClass": "group", "sAMAccountName": name})
    message = ldb.Message(dn(name))
    if members:
        message["member"] = ldb.MessageElement([str(dn(member)) for member in members], ldb.FLAG_MOD_ADD, "member")
        directory.modify(message)


directory.transaction_start()

user("alice")
user("bob")
directory.disable_account("(sAMAccountName=bob)")
user("carol", userPrincipalName="carol.long@" + parameters.get("realm").lower())
user("many")
user("eve", accountExpires=IN_1970)
directory.newuser("frank", password, force_password_change_at_next_login_req=True)
user("ines")
old = ldb.Message(dn("ines"))
old["pwdLastSet"] = ldb.MessageElement(IN_1970, ldb.FLAG_MOD_REPLACE, "pwdLastSet")
directory.modify(old, controls=[WITH_TIME_OF_PASSWORD])
user("jürgen")
# The logon name is plain; what people and distinguished names call him is not.
user("pat")
directory.rename(dn("pat"), dn("O'Brien, \"Pat\""))

group("pki-operators", "alice")
group("pki-admins", "pki-operators")
group("pki-users", "alice", "bob", "carol", "many", "eve", "frank", "jürgen")
group("zürich-admins", "carol")
group("keys & (doors)", "O'Brien, \"Pat\"")
directory.rename(dn("keys & (doors)"), dn("Keys, \"locks\" & (doors)"))
for number in range(200):
    group("many-%03d" % number, "many")

user("svc-http", servicePrincipalName=["HTTP/localhost"], msDS_SupportedEncryptionTypes=AES_ONLY)
user("svc-ldap")

# So that LDAP over GSSAPI can be asked for by address, and behind a proxy, too.
controller = ldb.Message(ldb.Dn(directory, "CN=DC1,OU=Domain Controllers," + base))
controller["servicePrincipalName"] = ldb.MessageElement(["ldap/" + address, "ldap/localhost"], ldb.FLAG_MOD_ADD, "servicePrincipalName")
directory.modify(controller)

directory.transaction_commit()
