import type { Account } from '../../lib/core/account.ts';
import { connect } from '../../lib/store/db.ts';
import { createStores } from '../../lib/store/stores.ts';
import { createMemoryStores } from '../engine/memory-stores.ts';
import { storeContract } from './store-contract.ts';

storeContract('IndexedDB', () => createStores(connect()));
storeContract('memory', () => createMemoryStores({} as Account, ''));
