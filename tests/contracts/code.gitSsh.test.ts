import { codeContract } from './code.contract.ts'
import { overSsh } from './gitHosts.ts'

codeContract('code.git over SSH', overSsh)
