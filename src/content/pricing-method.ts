import type { MethodDescriptor } from './descriptors.js'

const PRICING_OPTION = '(pricing.my_method_option).estimatePriceMethod'

/**
 * The method of the service that names the price of each call of `method`; undefined where the metadata does, and
 * `'unusable'` where the option names none that can be asked (snet-wire 1.8).
 */
export function pricingMethodOf(
  methods: ReadonlyMap<string, MethodDescriptor>,
  { options }: MethodDescriptor,
): MethodDescriptor | 'unusable' | undefined {
  const at = options[PRICING_OPTION]
  if (at === undefined) return undefined
  const found = methods.get(String(at))
  return found && !found.requestStream && !found.responseStream ? found : 'unusable'
}
