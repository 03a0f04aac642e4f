"""The public pages of objections to a designation. They lie here, for they use the gate of reports and its receipts."""
