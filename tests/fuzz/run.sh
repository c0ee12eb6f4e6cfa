#!/usr/bin/env bash
# run.sh SECONDS [TARGET…]: builds the fuzz targets and runs them (all, when none is named) side by side for so many seconds.
# A finding ends one run of a target; the next begins at once, so that one finding does not hide others. Figures: FOLDER/figures.txt.
# Variables: FUZZ_FOLDER (inputs and findings; default target/fuzz), FUZZ_TIMEOUT (seconds of the clock for one input; default 10, more where
# other work takes the machine), SANITIZER=address (slower, finds wrong memory in crates).
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:?seconds}
shift
folder=${FUZZ_FOLDER:-$PWD/target/fuzz}
host=$(rustc -vV | sed -n 's/^host: //p')
targets=("$@")
((${#targets[@]})) || mapfile -t targets < <(cd targets && ls -- *.rs | sed 's/\.rs$//')

# What cargo-fuzz asks of the compiler: counters and comparisons that libFuzzer reads.
export RUSTC_BOOTSTRAP=1
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=16"
[[ -z ${SANITIZER:-} ]] || RUSTFLAGS+=" -Zsanitizer=$SANITIZER"
bins=()
for target in "${targets[@]}"; do bins+=(--bin "$target"); done
cargo build --release --locked --target "$host" "${bins[@]}"
programs=$(cargo metadata --format-version 1 --no-deps | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')/$host/release

# Whole editions are built in folders that live for one input: in memory, where the system has a place for that. One thread is enough for them.
if [[ -w /dev/shm ]]; then
  TMPDIR=$(mktemp -d -p /dev/shm)
  trap 'rm -rf "$TMPDIR"' EXIT
  export TMPDIR
fi
export RAYON_NUM_THREADS=1

run() {
  local target=$1 end left round=0
  end=$(($(date +%s) + seconds))
  mkdir -p "$folder/$target/inputs" "$folder/$target/findings"
  while left=$((end - $(date +%s))) && ((left > 0)); do
    round=$((round + 1))
    "$programs/$target" -max_total_time="$left" -timeout="${FUZZ_TIMEOUT:-10}" -report_slow_units="${FUZZ_TIMEOUT:-10}" -rss_limit_mb=1024 \
      -max_len=4096 -dict=tokens.dict -print_final_stats=1 -artifact_prefix="$folder/$target/findings/" "$folder/$target/inputs" "corpus/$target" >"$folder/$target/round-$round.log" 2>&1 && continue
    # 1 is no finding: the program could not be started as asked.
    if (($? == 1)); then tail -3 "$folder/$target/round-$round.log" && return 1; fi
  done
  # In a command of its own, `times` would know nothing of the rounds.
  times >"$folder/$target/times"
  printf '%s: rounds %s, executions %s, findings %s, CPU time %s\n' "$target" "$round" \
    "$(cat "$folder/$target"/round-*.log | awk '/stat::number_of_executed_units/ {sum += $2} END {print sum + 0}')" \
    "$(find "$folder/$target/findings" -type f | wc -l)" "$(tail -1 "$folder/$target/times")" | tee -a "$folder/figures.txt"
}

for target in "${targets[@]}"; do run "$target" & done
wait
