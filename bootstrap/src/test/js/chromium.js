// Signs in from a page in a real browser, which is told for which hosts it may use the ticket.
import { mkdtemp } from 'node:fs/promises'
import { chromium } from 'playwright-core'

const [executable, base] = process.argv.slice(2)
const request = { client_id: 'sample-client', scope: 'certificate:discover,manage' }

async function signIn(profile, allowed) {
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    args: ['--no-sandbox', `--auth-server-allowlist=${allowed}`],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`${base}/.well-known/oauth-authorization-server`)
    return await page.evaluate(async (body) => {
      const answer = await fetch('/vedauth/authorize/integrated', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: answer.status, json: await answer.json() }
    }, request)
  } finally {
    await browser.close()
  }
}

// On Linux it learns of Negotiate at the first visit, and can use a ticket from its next start on.
async function signInTwice(allowed) {
  const profile = await mkdtemp('profile-')
  await signIn(profile, allowed)
  return signIn(profile, allowed)
}

const signedIn = await signInTwice('localhost')
if (signedIn.status !== 200 || !signedIn.json.access_token) {
  throw new Error(`not signed in: ${signedIn.status} ${signedIn.json.error_description}`)
}
const stranger = await signInTwice('elsewhere.example')
if (stranger.status !== 401) {
  throw new Error(`signed in without being told to: ${stranger.status}`)
}
console.log(`the browser is ${signedIn.json.identity}`)
