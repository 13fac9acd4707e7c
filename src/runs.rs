//! The page's second program: what stands beside the canvas or over it, and the drawing, run.

partition_lab::program!(partition_lab::ui::programs::runs::program);
