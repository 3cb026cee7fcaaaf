import { leaseLike } from './leaseLike.ts';

/** A lease with a time to live, after the leader election of Kubernetes' client-go. */
export const lease = leaseLike('lease', 'Who holds the lease leads, as long as it renews it in time.');
