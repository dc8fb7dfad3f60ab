import { describe } from 'vitest';
import { newDirectory } from '../support/stores.ts';
import { storeContract } from './contract/index.ts';

describe('the store on SQLite', () => storeContract(newDirectory));
