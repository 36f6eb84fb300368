// Original file: proto/training/training.proto

import type { Long } from '@grpc/proto-loader';

export interface PriceInBaseUnitInput {
  'price'?: (number | string | Long);
}

export interface PriceInBaseUnit {
  'price'?: (string);
}
