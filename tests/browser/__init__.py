"""Tests in a real browser: what readers meet, on a phone, on paper, by keyboard, without JavaScript."""
