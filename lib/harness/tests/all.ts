import type { Collector } from './collector.ts'
import { go } from './go/collector.ts'
import { java } from './java/collector.ts'
import { node } from './node/collector.ts'
import { python } from './python/collector.ts'
import { rust } from './rust/collector.ts'

/** Every family of runners that is watched from inside. */
export const COLLECTORS: Collector[] = [node, python, go, java, rust]
