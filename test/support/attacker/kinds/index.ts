import type { Kind } from '../scene.js'
import { controlKinds } from './control.js'
import { frameKinds } from './frames.js'
import { http1Kinds } from './http1.js'
import { metadataKinds } from './metadata.js'
import { ownServiceKinds } from './own-services.js'
import { paymentKinds } from './payments.js'
import { tlsKinds } from './tls.js'
import { webKinds } from './web.js'

export const KINDS: readonly Kind[] = [
  ...ownServiceKinds,
  ...http1Kinds,
  ...frameKinds,
  ...tlsKinds,
  ...metadataKinds,
  ...paymentKinds,
  ...webKinds,
  ...controlKinds,
]
