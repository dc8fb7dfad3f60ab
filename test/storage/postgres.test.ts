import { describe } from 'vitest';
import { newDatabase } from '../support/stores.ts';
import { storeContract } from './contract/index.ts';

describe('the store on PostgreSQL', () => storeContract(newDatabase));
