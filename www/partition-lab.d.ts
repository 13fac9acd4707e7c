/** What the page offers to other scripts as `window.partitionLab`, once `partitionlab:ready` has been dispatched on the window. */
export interface PartitionLab {
  /** The drawing in the room Draw. */
  document(): LabDocument;
  /**
   * Opens a drawing: a document, or a text in Mermaid's flowchart language. It is one step of undo.
   * Throws an `Error` that says what is wrong, and where; the drawing is then as it was.
   */
  load(document: LabDocument | string): void;
  /** The drawing as Mermaid: as the module writes it, or so that every Mermaid from 8 to 12 draws it. */
  exportMermaid(form: "module" | "portable"): string;
  /** What the checkers say of both runs in the room Prove, at the step it is at: its first, until one has been there. */
  verdicts(): Verdicts;
}

export interface LabDocument {
  /** The version of the format: 1. */
  version: number;
  diagram: Diagram;
  arrangement?: "side_by_side" | "stacked";
}

export interface Diagram {
  keyword?: "graph" | "flowchart";
  direction?: "TD" | "TB" | "BT" | "LR" | "RL";
  nodes?: DiagramNode[];
  edges?: DiagramEdge[];
  subgraphs?: Subgraph[];
  class_defs?: { names: string[]; style: string[] }[];
  /** Lines that the model does not hold, kept to the letter. */
  kept?: { text: string; parent?: string; preamble?: boolean }[];
  /** Centres of nodes that a person has moved, in pixels from the corner of their system's frame. */
  positions?: Record<string, { x: number; y: number }>;
}

export interface Label {
  /** The text as written, without the quotation marks around it. */
  raw: string;
  quoted: boolean;
}

export interface DiagramNode {
  id: string;
  label?: Label;
  shape?: string;
  style?: string[];
  classes?: string[];
  parent?: string;
  alone?: boolean;
}

export interface DiagramEdge {
  from: string;
  to: string;
  label?: Label;
  stroke?: "normal" | "dotted" | "thick" | "invisible";
  tail?: Head;
  head?: Head;
  length?: number;
  parent?: string;
}

export type Head = "open" | "point" | "circle" | "cross";

export interface Subgraph {
  id: string;
  title?: Label;
  direction?: "TD" | "TB" | "BT" | "LR" | "RL";
  parent?: string;
  style?: string[];
  classes?: string[];
}

export interface Verdicts {
  /** The step the room is at, from 0. */
  step: number;
  /** The last step. */
  steps: number;
  /** If Node B chooses consistency, if it chooses availability. */
  sides: { scenario: string; consistency: Gauge; availability: Gauge }[];
}

export interface Gauge {
  reading: "not_decided" | "holds_so_far" | "holds" | { violated: number };
  /** The reason, in a sentence; values stand between backticks. */
  why: string;
}

declare global {
  interface Window {
    partitionLab: PartitionLab;
  }
}
