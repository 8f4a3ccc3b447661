/** @module The place of one request among those underway: while its body is coming, and once it is there. */

import type { Admission } from "./admission.ts";
import { busy } from "./question.ts";

/** A request's place, given back once. */
export class Place {
  private readonly admission: Admission;
  /** The bytes for which it was let in, or is waited for. */
  private bytes = -1;
  private coming = -1;

  constructor(admission: Admission) {
    this.admission = admission;
  }

  /** Lets the request in, if there is room for a body of so many bytes, which is there. */
  enter(bytes: number): boolean {
    const room = this.admission.enter(bytes);
    if (room) this.bytes = bytes;
    return room;
  }

  /** Lets the request in, whose body of so many bytes is still to come. @throws CurtidoError E_BUSY when there is no room */
  await(bytes: number): void {
    if (!this.admission.await(bytes)) throw busy();
    this.coming = bytes;
  }

  /** The body is there, if it was waited for. @throws CurtidoError E_BUSY when there is no room to answer it */
  arrive(): void {
    const bytes = this.coming;
    if (bytes < 0) return;
    this.came();
    if (!this.enter(bytes)) throw busy();
  }

  /** The request is done with: its room is free. */
  leave(): void {
    this.came();
    if (this.bytes >= 0) this.admission.leave(this.bytes);
    this.bytes = -1;
  }

  private came(): void {
    if (this.coming >= 0) this.admission.came(this.coming);
    this.coming = -1;
  }
}
