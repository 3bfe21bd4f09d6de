#include "servers/common/icalendar/content.hpp"

#include <algorithm>
#include <utility>

#include "protocol/mcp/handler.hpp"

namespace icalendar {
namespace {

constexpr std::size_t kFoldBytes = 75;
constexpr std::size_t kExcerptBytes = 60;

std::string excerpt(std::string_view text) {
  std::string out(text.substr(0, kExcerptBytes));
  std::ranges::replace_if(
      out, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
  return out + (text.size() > kExcerptBytes ? "..." : "");
}

/// The colon that ends name and parameters, or npos. Quotes protect colons of parameter values.
std::size_t find_colon(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i;
  }
  return quoted ? line.find(':') : std::string_view::npos;
}

bool is_name(std::string_view text) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  return !text.empty() && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

/// "NAME:value" or "NAME;KEY=value;KEY=value:value".
bool is_content_line(std::string_view line) {
  const std::size_t colon = find_colon(line);
  if (colon == std::string_view::npos) return false;
  return is_name(line.substr(0, std::min(colon, line.find(';'))));
}

/// "NAME;;KEY=value:value", "NAME;VALUE:value": parameters that libical skips.
bool has_broken_parameters(std::string_view line) {
  std::string_view rest = line.substr(0, find_colon(line));
  bool quoted = false;
  bool equals = true;  // The name needs none.
  for (std::size_t i = 0; i <= rest.size(); ++i) {
    if (i == rest.size() || (rest[i] == ';' && !quoted)) {
      if (!equals) return true;
      equals = false;
    } else if (rest[i] == '"') {
      quoted = !quoted;
    } else if (rest[i] == '=') {
      equals = true;
    }
  }
  return false;
}

/// Lines of a file, folds undone.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    skip_empty();
  }

  std::optional<Line> next() {
    if (rest_.empty()) return std::nullopt;
    Line line{.number = number_ + 1};
    line.text = take();
    while (true) {
      if (soft_break(line.text) && !rest_.empty()) {
        line.text.pop_back();
      } else if (rest_.starts_with(' ') || rest_.starts_with('\t')) {
        rest_.remove_prefix(1);
      } else {
        return line;
      }
      line.text += take();
    }
  }

 private:
  /// vCalendar 1.0 breaks quoted-printable values by "=" at the end of a line.
  static bool soft_break(std::string_view line) {
    if (!line.ends_with('=')) return false;
    const std::string upper = to_upper(line.substr(0, find_colon(line)));
    return upper.find("QUOTED-PRINTABLE") != std::string::npos;
  }

  std::string_view take() {
    ++number_;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    while (line.ends_with('\r')) line.remove_suffix(1);
    skip_empty();
    return line;
  }

  /// Empty lines mean nothing, not even between a line and its continuation.
  void skip_empty() {
    while (rest_.starts_with('\n') || rest_.starts_with("\r\n")) {
      rest_.remove_prefix(rest_.find('\n') + 1);
      ++number_;
    }
  }

  std::string_view rest_;
  std::size_t number_{};
};

/// Builds the tree. Problems beyond kProblemsMax are counted in the last one.
class Reader {
 public:
  Content read(std::string_view text) {
    Lines lines(text);
    while (std::optional<Line> line = lines.next()) add(std::move(*line));
    while (!open_.empty()) {
      complain(open_.back().number, open_.back().name + " has no END");
      close(false);
    }
    if (left_out_ > 0) {
      content_.problems.push_back({.text = std::to_string(left_out_) + " more problems"});
    }
    return std::move(content_);
  }

 private:
  void complain(std::size_t line, std::string text) {
    if (content_.problems.size() >= kProblemsMax) {
      ++left_out_;
    } else {
      content_.problems.push_back({.line = line, .text = std::move(text)});
    }
  }

  /// One problem for the whole stretch: a mail around a calendar has many such lines.
  void complain_outside(const Line& line) {
    if (!outside_) complain(line.number, "stands outside of any component: " + excerpt(line.text));
    outside_ = true;
  }

  void add(Line line) {
    if (line.text.find_first_not_of(" \t") == std::string::npos) return;
    if (line.text.find('\0') != std::string::npos) {
      return complain(line.number, "holds a NUL byte: " + excerpt(line.text));
    }
    if (line.text.size() > kLineBytesMax) {
      return complain(line.number, "is longer than 4 MiB: " + excerpt(line.text));
    }
    if (!is_content_line(line.text)) {
      if (open_.empty()) return complain_outside(line);
      return complain(line.number, "is not \"NAME:value\": " + excerpt(line.text));
    }
    const std::string name = line.name();
    if (name == "BEGIN") return begin(line);
    if (name == "END") return end(line);
    if (open_.empty()) return complain_outside(line);
    if (has_broken_parameters(line.text)) {
      complain(line.number, "has a broken parameter, which is ignored: " + excerpt(line.text));
    }
    open_.back().lines.push_back(std::move(line));
  }

  static std::string component_name(const Line& line) {
    std::string name = to_upper(line.value());
    name.erase(name.find_last_not_of(" \t") + 1);
    return name;
  }

  void begin(const Line& line) {
    if (++components_ > kComponentsMax) {
      throw mcp::ToolError("the calendar has more than " + std::to_string(kComponentsMax) +
                           " components; import it in parts");
    }
    std::string name = component_name(line);
    outside_ = false;
    while (stands_in_calendar(name) && !open_.empty() && open_.back().name != "VCALENDAR") {
      complain(open_.back().number, open_.back().name + " has no END");
      close(false);
    }
    open_.push_back({.name = std::move(name), .number = line.number});
  }

  /// These never stand inside of each other: one that begins there shows that an END is missing.
  static bool stands_in_calendar(std::string_view name) {
    return name == "VEVENT" || name == "VTODO" || name == "VJOURNAL" || name == "VFREEBUSY" ||
           name == "VTIMEZONE";
  }

  void end(const Line& line) {
    const std::string name = component_name(line);
    const auto same = [&](const Component& component) { return component.name == name; };
    if (std::ranges::none_of(open_, same)) {
      return complain(line.number, "END:" + excerpt(name) + " has no BEGIN");
    }
    while (open_.back().name != name) {
      complain(open_.back().number, open_.back().name + " has no END");
      close(false);
    }
    close(true);
  }

  void close(bool ended) {
    Component done = std::move(open_.back());
    done.ended = ended;
    open_.pop_back();
    if (open_.empty()) {
      content_.roots.push_back(std::move(done));
    } else if (open_.size() >= kDepthMax) {
      complain(done.number, done.name + " is nested too deep");
    } else {
      open_.back().parts.push_back(std::move(done));
    }
  }

  Content content_;
  std::vector<Component> open_;
  std::size_t components_{};
  std::size_t left_out_{};
  bool outside_{};  ///< In a stretch of lines outside of any component.
};

/// Values of our own may hold what would begin another line: it is left out.
void write_line(std::string_view text, std::string& out) {
  std::string kept(text);
  std::erase_if(kept, [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
  std::string_view line = kept;
  std::size_t room = kFoldBytes;
  while (line.size() > room) {
    std::size_t cut = room;
    // Nor after "=", which would read as a soft break of quoted-printable.
    while (cut > 1 &&
           ((static_cast<unsigned char>(line[cut]) & 0xc0U) == 0x80U || line[cut - 1] == '=')) {
      --cut;
    }
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kFoldBytes - 1;
  }
  out.append(line).append("\r\n");
}

void write_component(const Component& component, std::string& out) {
  write_line("BEGIN:" + component.name, out);
  for (const Line& line : component.lines) write_line(line.text, out);
  for (const Component& part : component.parts) write_component(part, out);
  write_line("END:" + component.name, out);
}

}  // namespace

std::string to_upper(std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper;
}

std::string Line::name() const {
  return to_upper(text.substr(0, text.find_first_of(";:")));
}

std::string_view Line::value() const {
  const std::size_t colon = find_colon(text);
  return colon == std::string_view::npos ? std::string_view()
                                         : std::string_view(text).substr(colon + 1);
}

const Line* Component::find(std::string_view property) const {
  const auto found = std::ranges::find(lines, property, &Line::name);
  return found == lines.end() ? nullptr : &*found;
}

std::vector<const Line*> Component::find_all(std::string_view property) const {
  std::vector<const Line*> found;
  for (const Line& line : lines) {
    if (line.name() == property) found.push_back(&line);
  }
  return found;
}

Content read_content(std::string_view text) {
  if (text.size() > kContentBytesMax) {
    throw mcp::ToolError("the calendar is larger than 64 MiB; import it in parts");
  }
  return Reader().read(text);
}

std::string write(const Component& component) {
  std::string out;
  write_component(component, out);
  return out;
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ',' || c == ';') {
      out += {'\\', c};
    } else if (c != '\r' && c != '\0') {
      out += c;
    }
  }
  return out;
}

}  // namespace icalendar
