//! The words that a link need not carry: those of the challenge, of its answers, and of most flowcharts.
//!
//! They belong to version 1 of the links: **not one letter of them may change.** They stand as a drawing of the
//! challenge has them, so that long runs are found at once.

/// The known words.
pub const KNOWN: &str = "\
    subgraph graph TD flowchart LR classDef class linkStyle stroke-dasharray:5 5color:#fffcolor:#000font-weight:bold\
    stroke-width:1pxstroke-width:2pxstroke-width:3pxfill:#9f9fill:#f99fill:#9cffill:#ff9fill:#f96fill:#bbfstroke:#d4a359\
    Quorum LossQuorum Loss - Write RejectedError: Quorum Loss503 Service Unavailable500 Internal Server ErrorTimeout\
    Divergent StateDivergent State - Split BrainSplit BrainData DivergenceNetwork PartitionReplication Partitioned\
    Replicate (Divergent State)Stale ReadConflictReconcileAnti-EntropyLast Write WinsHeartbeatAcknowledgeAckCommit\
    Virginia Region (Node A)Ireland Region (Node B)PrimarySecondaryReplicaFollowerLeaderDatabaseServiceServerUserApp\
    1. Write 'v1'2. Replicate 'v1' (FAIL)3. Return Write Error - Quorum Loss3. Write Rejected1. Read2. Return 'v0'\
    4. 5. 6. 7. 8. 9. Local ReadLocal WriteStart the requestProcess the dataEndABCDEFGHIJKLMNOPQRSTUVWXYZ\
    CP_SystemCP System - Quorum Loss RejectionAP_SystemAP System - Accept & DivergeClient1ClientNodeA_CPNode A - Leader\
    fill:#f9fstroke:#333stroke-width:2pxNodeB_CPNode B - Followerfill:#9f9Client2Client 1NodeA_APNode A - Local Write\
    Client3Client 2NodeB_APNode B - Local Write1. Write Request2. Replicate (FAIL)3. Return Write Error1. Write 'v1'\
    1. Write 'v2'2. HTTP 200 OKReplication Partitioned";
