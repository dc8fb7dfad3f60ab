import { describe } from 'vitest';
import { newPostgresLocation } from '../support/database/stores.ts';
import { storeContract } from './contract/index.ts';

describe('the store on PostgreSQL', () => storeContract(newPostgresLocation));
