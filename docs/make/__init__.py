"""The pages of the reference, made from the code, the schemas and the tests' bad inputs."""
