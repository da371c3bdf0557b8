import type { DemoSecrets } from '../../src/main/demo/DemoServer.ts';

/** A vault that is a variable. */
export class MemorySecrets implements DemoSecrets {
  value: string | null = null;

  async read(): Promise<string | null> {
    return this.value;
  }

  async write(value: string): Promise<void> {
    this.value = value;
  }
}
