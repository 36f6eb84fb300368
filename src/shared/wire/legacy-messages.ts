import type { ProxyDefinition, ProxyHandlers } from './generated/own/server/Proxy.js'
import type { MethodsOf } from './message.js'

/**
 * Request and reply of each call of the control daemon that this one succeeds, in its newest generation; the calls of
 * those before have the same messages (proto/daemon/legacy.proto).
 */
export type LegacyMethods = MethodsOf<ProxyDefinition, ProxyHandlers, 'once'>
