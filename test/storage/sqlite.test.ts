import { describe } from 'vitest';
import { newSqliteLocation } from '../support/database/stores.ts';
import { storeContract } from './contract/index.ts';

describe('the store on SQLite', () => storeContract(newSqliteLocation));
