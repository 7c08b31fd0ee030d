"""What the office and the operator do now and then: cards, audits, forgetting, the doctor."""
