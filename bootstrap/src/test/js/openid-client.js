// Finds the calls by the metadata, and refreshes, introspects and revokes with them.
// Arguments: issuer, refresh token, id and secret of a resource server.
import assert from 'node:assert/strict'
import * as client from 'openid-client'

const [issuer, refreshToken, id, secret] = process.argv.slice(2)
const options = { algorithm: 'oauth2', execute: [client.allowInsecureRequests] }

const discover = (clientId, authentication) =>
  client.discovery(new URL(issuer), clientId, undefined, authentication, options)

const publicClient = await discover('sample-client', client.None())
assert.equal(publicClient.serverMetadata().issuer, issuer)

const tokens = await client.refreshTokenGrant(publicClient, refreshToken)
assert.equal(tokens.token_type, 'bearer')
assert.equal(tokens.scope, 'certificate:discover,manage')
assert.notEqual(tokens.refresh_token, refreshToken)

for (const authentication of [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]) {
  const resourceServer = await discover(id, authentication)
  const told = await client.tokenIntrospection(resourceServer, tokens.access_token)
  assert.equal(told.active, true)
  assert.equal(told.client_id, 'sample-client')
  assert.equal(told.iss, issuer)
  assert.equal(told.token_type, 'Bearer')
}

const guessing = await discover(id, client.ClientSecretBasic('guess'))
await assert.rejects(client.tokenIntrospection(guessing, tokens.access_token), (refused) =>
  /invalid_client/.test(JSON.stringify(refused.cause ?? refused)) || refused.error === 'invalid_client'
    || refused.code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE')

await client.tokenRevocation(publicClient, tokens.refresh_token)
const resourceServer = await discover(id, client.ClientSecretBasic(secret))
const after = await client.tokenIntrospection(resourceServer, tokens.access_token)
assert.deepEqual(after, { active: false })
await assert.rejects(client.refreshTokenGrant(publicClient, tokens.refresh_token), { error: 'invalid_grant' })

console.log('openid-client is content')
