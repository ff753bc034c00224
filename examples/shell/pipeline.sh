# Classifies handwritten digits with standard tools only: the prediction is the digit with the nearest
# average image. Runs in the folder that contains _pyruns_, where `pyr ui shell` was started.
set -eu

power="${POWER:-2}"   # distance: sum of |difference| ^ POWER; set it in the task's environment
data=../digits/digits.csv.gz
out=$(python3 -c 'import pyruns; print(pyruns.artifact_dir())')

echo "== unpack, and keep every fifth row for checking"
gzip -dc "$data" > "$out/all.csv"
awk 'NR % 5 == 1' "$out/all.csv" > "$out/check.csv"
awk 'NR % 5 != 1' "$out/all.csv" > "$out/learn.csv"
wc -l < "$out/learn.csv" | xargs echo "rows to learn from:"
wc -l < "$out/check.csv" | xargs echo "rows to check with:"

echo "== how often each digit occurs"
cut -d, -f65 "$out/learn.csv" | sort -n | uniq -c | tee "$out/counts.txt"

echo "== classify, with averages over more and more rows"
for rows in 25 50 100 200 400 800 1437; do
    head -n "$rows" "$out/learn.csv" > "$out/some.csv"
    accuracy=$(awk -F, -v power="$power" '
        NR == FNR { seen[$65]++; for (i = 1; i <= 64; i++) sum[$65, i] += $i; next }
        {
            nearest = -1
            for (digit in seen) {
                far = 0
                for (i = 1; i <= 64; i++) {
                    gap = $i - sum[digit, i] / seen[digit]
                    far += (gap < 0 ? -gap : gap) ^ power
                }
                if (nearest < 0 || far < nearest) { nearest = far; guess = digit }
            }
            right += (guess == $65)
        }
        END { printf "%.4f", right / FNR }
    ' "$out/some.csv" "$out/check.csv")
    printf '%4s rows: accuracy \033[32m%s\033[0m\n' "$rows" "$accuracy"
    python3 -c 'import sys, pyruns; pyruns.track(rows=int(sys.argv[1]), accuracy=float(sys.argv[2]))' \
        "$rows" "$accuracy"
done

python3 -c 'import sys, pyruns; pyruns.record(accuracy=float(sys.argv[1]), power=float(sys.argv[2]))' \
    "$accuracy" "$power"
