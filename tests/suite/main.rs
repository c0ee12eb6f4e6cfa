mod cases;
mod diagnostics;
mod readers;
mod shown;
mod yaml_random;
