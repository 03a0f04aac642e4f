"""The pages of assistance between regions."""
