#include "host/harness/snapshots.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "host/harness/expectations.hpp"

namespace harness {
namespace {

namespace fs = std::filesystem;
using Ordered = nlohmann::ordered_json;

constexpr std::string_view kEnding = ".test.toml";

fs::path snapshot_path(const fs::path& test_file) {
  std::string name = test_file.filename().string();
  if (name.ends_with(kEnding)) name.resize(name.size() - kEnding.size());
  return test_file.parent_path() / (name + ".snapshots.json");
}

std::string dump(const Ordered& value, int indent = 2) {
  return value.dump(indent, ' ', false, Ordered::error_handler_t::replace);
}

/// Lines make a difference of a long text readable, here and in the history of the file.
Ordered lines_of(const std::string& text) {
  Ordered lines = Ordered::array();
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines.size() == 1 ? Ordered(text) : lines;
}

}  // namespace

Snapshots::Snapshots(const fs::path& test_file) : path_(snapshot_path(test_file)) {
  std::ifstream in(path_, std::ios::binary);
  if (!in) return;
  tests_ = Ordered::parse(in, nullptr, false);
  bool good = tests_.is_object();
  for (const auto& [name, steps] : tests_.items()) good = good && steps.is_object();
  if (!good) {
    throw std::runtime_error(path_.string() +
                             ": these are no snapshots; remove the file and run with --update");
  }
}

Ordered Snapshots::normalised(const Seen& seen, const VolatileValues& same) {
  Ordered answer = Ordered::object();
  if (seen.refused) {
    answer["refused"] = *seen.refused;
  } else if (seen.is_error) {
    answer["is_error"] = true;
  }
  answer["text"] = lines_of(same.same(seen.text));
  if (!seen.structured.is_null()) answer["structured"] = same.same_json(seen.structured);
  return answer;
}

std::string Snapshots::difference(const std::string& test, const std::string& step,
                                  const Ordered& answer) const {
  const auto steps = tests_.find(test);
  if (steps == tests_.end() || !steps->contains(step)) {
    return "snapshot: there is none yet; --update writes it";
  }
  // Read back as what was written: what JSON cannot hold is not told apart.
  const Ordered came = Ordered::parse(dump(answer));
  if (came == (*steps)[step]) return "";
  return "snapshot: " + first_difference(dump((*steps)[step]), dump(came));
}

bool Snapshots::keep(const std::string& test, const std::string& step, const Ordered& answer) {
  Ordered& kept = tests_[test][step];
  const Ordered fresh = Ordered::parse(dump(answer));
  if (kept == fresh) return false;
  kept = fresh;
  changed_ = true;
  return true;
}

void Snapshots::forget_others(const std::set<std::string>& kept) {
  Ordered left = Ordered::object();
  for (const auto& [test, steps] : tests_.items()) {
    for (const auto& [step, answer] : steps.items()) {
      if (kept.contains(test + "\n" + step)) {
        left[test][step] = answer;
      } else {
        changed_ = true;
      }
    }
  }
  tests_ = std::move(left);
}

void Snapshots::save() const {
  if (!changed_) return;
  if (tests_.empty()) {
    fs::remove(path_);
  } else {
    replace_text(path_, dump(tests_) + "\n");
  }
}

void replace_text(const fs::path& path, const std::string& text) {
  const fs::path fresh = path.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out) throw std::runtime_error("cannot write " + fresh.string());
  }
  std::error_code none;
  const fs::file_status old = fs::status(path, none);
  if (fs::exists(old)) fs::permissions(fresh, old.permissions());
  fs::rename(fresh, path);
}

}  // namespace harness
