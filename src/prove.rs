//! The page's third program: the room Prove.

partition_lab::program!(
    partition_lab::ui::programs::prove::program,
    verdicts = partition_lab::ui::programs::prove::verdicts_now
);
