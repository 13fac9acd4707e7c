//! Mermaid in and out.
