"""Invented populations: as many assessments as wanted, spread as the published ones are.

They serve planning and benchmarks. The published rows are few and no random sample, so a population
says nothing about bodies that were not rated.
"""
