import { codeContract } from './code.contract.ts'
import { overHttps } from './gitHosts.ts'

codeContract('code.git over HTTPS', overHttps)
