import { chromium } from 'playwright-core'
import { readFileSync, existsSync, readdirSync } from 'node:fs'
const home=process.argv[2]; const paths=process.argv.slice(3)
const s=JSON.parse(readFileSync(home+'/secrets/secrets.json','utf8'))
const url=readFileSync(home+'/ports/url','utf8').trim()
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']})
for (const [w,scheme] of [[1280,'light'],[390,'dark']]) {
 const c=await b.newContext({viewport:{width:w,height:900},colorScheme:scheme})
 const p=await c.newPage(); p.setDefaultTimeout(60000)
 await p.goto(url+'/login'); await p.fill('input[type=password]', s.ownerPassword); await p.click('button[type=submit]'); await p.waitForURL(/dashboard/)
 for (const path of paths) { await p.goto(url+path); await p.waitForTimeout(500); await p.screenshot({path:`/tmp/shot-${path.replace(/\W+/g,'_')}-${w}.png`,fullPage:true}) }
 await c.close()
}
await b.close()
