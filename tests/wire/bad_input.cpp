#include "tests/wire/bad_input.hpp"

#include <stdexcept>

namespace wire {
namespace {

constexpr std::size_t kMessageMax = 16 * 1024 * 1024;

std::string repeat(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string arguments_with(const Target& target, const std::string& more) {
  const std::string comma = target.members.empty() || more.empty() ? "" : ",";
  return "{" + target.members + comma + more + "}";
}

std::string good_call(const Target& target, const std::string& id) {
  return call_line(id, target.tool, arguments_with(target, ""));
}

/// The target's call with `bytes` inside a string argument.
std::string call_with_text(const Target& target, const std::string& bytes) {
  return call_line("\"text\"", target.tool, "{\"query\":\"a" + bytes + "b\"}");
}

BadInput unreadable(const std::string& name, const std::string& line) {
  return {.name = name, .line = line, .want = Want::Refusal};
}

BadInput refused(const std::string& name, const std::string& line, const std::string& id) {
  return {.name = name, .line = line, .want = Want::Refusal, .id = id};
}

}  // namespace

Target target_of(const std::string& server) {
  if (server == "calendar") {
    return {.server = server,
            .tool = "list_events",
            .integer = "limit",
            .first_tool = "create_event",
            .first_arguments = R"({"title":"Tea with Ewa","start":"today 4pm"})"};
  }
  if (server == "email") {
    return {.server = server, .tool = "search_messages", .integer = "limit"};
  }
  if (server == "tasks") {
    return {.server = server,
            .tool = "list_tasks",
            .integer = "limit",
            .first_tool = "add_tasks",
            .first_arguments = R"({"tasks":[{"title":"Water the fern","due":"friday"}]})"};
  }
  if (server == "files") {
    return {.server = server,
            .tool = "read_text_file",
            .members = R"("path":"Pricing/three-levels.csv")",
            .integer = "head"};
  }
  if (server == "memory") {
    return {.server = server,
            .tool = "get_context",
            .members = R"("task":"write the roadmap")",
            .integer = "max_tokens",
            .first_tool = "record_episode",
            .first_arguments = R"({"text":"Wrote the roadmap on a Friday","outcome":"success"})"};
  }
  throw std::invalid_argument("no such server: " + server);
}

std::string call_line(const std::string& id, const std::string& tool,
                      const std::string& arguments) {
  return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":")" + tool +
         R"(","arguments":)" + arguments + "}}";
}

std::vector<BadInput> broken_json(const Target& target) {
  const std::string good = good_call(target, "1");
  return {
      unreadable("ends in the middle", good.substr(0, good.size() / 2)),
      unreadable("one brace too many", good + "}"),
      unreadable("two messages on a line", good + good),
      unreadable("words before it", "Content-Length: 90 " + good),
      unreadable("a bare word", "initialize"),
      unreadable("single quotes", R"({'jsonrpc':'2.0','id':1,'method':'ping'})"),
      unreadable("a trailing comma", R"({"jsonrpc":"2.0","id":1,"method":"ping",})"),
      unreadable("a member without a value", R"({"jsonrpc":"2.0","id":,"method":"ping"})"),
      unreadable("a name without quotes", R"({jsonrpc:"2.0","id":1,"method":"ping"})"),
      unreadable("a string without an end", R"({"jsonrpc":"2.0","id":1,"method":"ping)"),
      unreadable("an escape that does not exist", R"({"jsonrpc":"2.0","id":1,"method":"p\ing"})"),
      unreadable("half a \\u escape", R"({"jsonrpc":"2.0","id":1,"method":"\u12"})"),
      unreadable("a tab inside a string", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p\ting\"}"),
      unreadable("a comment", R"({"jsonrpc":"2.0",/* hello */"id":1,"method":"ping"})"),
      unreadable("a leading zero", R"({"jsonrpc":"2.0","id":01,"method":"ping"})"),
      unreadable("half a literal", R"({"jsonrpc":"2.0","id":1,"method":tru})"),
      unreadable("only a closing bracket", "]"),
  };
}

std::vector<BadInput> wrong_types(const Target& target) {
  std::vector<BadInput> all = {
      refused("a string for a message", R"("ping")", ""),
      refused("a number for a message", "42", ""),
      refused("null for a message", "null", ""),
      refused("an object with nothing in it", "{}", ""),
      refused("another JSON-RPC", R"({"jsonrpc":"1.0","id":7,"method":"ping"})", "7"),
      refused("no JSON-RPC", R"({"id":7,"method":"ping"})", "7"),
      refused("a number for a method", R"({"jsonrpc":"2.0","id":7,"method":7})", "7"),
      refused("an object for an id", R"({"jsonrpc":"2.0","id":{},"method":"ping"})", ""),
      refused("a broken number for an id", R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", ""),
      refused("null for an id", R"({"jsonrpc":"2.0","id":null,"method":"ping"})", ""),
      refused("a string for params",
              R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":"x"})", "7"),
      refused("a list for params", R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":[]})",
              "7"),
      refused("a list for arguments", call_line("7", target.tool, "[]"), "7"),
      refused("a string for arguments", call_line("7", target.tool, R"("{}")"), "7"),
      refused("a number for the tool's name",
              R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":7}})", "7"),
  };
  for (const auto& [tool, arguments] : wrong_arguments(target.server)) {
    all.push_back({.name = tool + " " + arguments.substr(0, 60),
                   .line = call_line("\"w\"", tool, arguments),
                   .want = Want::ToolError,
                   .id = "\"w\""});
  }
  return all;
}

std::vector<BadInput> unknown_names(const Target& target) {
  std::vector<BadInput> all;
  const auto tool = [&](const std::string& name, const std::string& shown) {
    all.push_back(refused("tool " + shown, call_line("8", name, "{}"), "8"));
  };
  tool("make_coffee", "that nobody has");
  tool("", "without a name");
  tool(" " + target.tool, "with a space before it");
  tool(target.server + "." + target.tool, "with the server's name before it");
  tool("Undo_" + target.server + "_change", "in another case");
  tool("undo_\\u0000", "with a NUL in it");
  tool("../../etc/passwd", "that is a path");
  tool(std::string(5000, 'x'), "with a very long name");
  tool("\\ud83d\\ude80", "that is a picture");
  tool("types", "named like a schema file");
  all.push_back(refused("a method that nobody has",
                        R"({"jsonrpc":"2.0","id":8,"method":"tools/cull","params":{}})", "8"));

  // The reference's tools ignore what they do not know, as the reference does.
  const Want want = target.server == "files" ? Want::AnyAnswer : Want::ToolError;
  const auto argument = [&](const std::string& more) {
    all.push_back({.name = "argument " + more.substr(0, 40),
                   .line = call_line("9", target.tool, arguments_with(target, more)),
                   .want = want,
                   .id = "9"});
  };
  argument(R"("colour":"blue")");
  argument(R"("Limit":5)");
  argument(R"("":1)");
  argument(R"("__proto__":{"admin":true})");
  argument(R"("a/b~c":[])");
  argument(R"("über":1)");
  argument(R"("\u0000":1)");
  argument(R"("x":null)");
  argument("\"" + std::string(3000, 'k') + "\":{}");
  argument(R"("one":1,"two":[[]],"three":{"four":4})");
  return all;
}

std::vector<BadInput> oversized_lines(const Target& target) {
  const std::string big(kMessageMax, 'x');
  return {
      unreadable("a long string argument", call_with_text(target, big)),
      unreadable("one byte too many", std::string(kMessageMax + 1, '7')),
      unreadable("twice the size", big + big),
      unreadable("a long method", R"({"jsonrpc":"2.0","id":1,"method":")" + big + "\"}"),
      unreadable("a long id", R"({"jsonrpc":"2.0","method":"ping","id":")" + big + "\"}"),
      unreadable("a long batch", "[" + repeat("1,", kMessageMax / 2) + "1]"),
      unreadable("many opening brackets", std::string(kMessageMax + 1, '[')),
      unreadable("bytes that are not text", std::string(kMessageMax + 1, '\xff')),
      unreadable("NUL bytes", std::string(kMessageMax + 1, '\0')),
      unreadable("a message after much space",
                 std::string(kMessageMax, ' ') + good_call(target, "1")),
      {.name = "the largest line that is read",
       .line = call_line(
           "10", target.tool,
           arguments_with(target, "\"fill\":\"" + std::string(kMessageMax - 300, 'x') + "\"")),
       .want = target.server == "files" ? Want::AnyAnswer : Want::ToolError,
       .id = "10"},
  };
}

std::vector<BadInput> deep_nesting(const Target& target) {
  const auto lists = [](std::size_t depth) { return repeat("[", depth) + repeat("]", depth); };
  const auto objects = [](std::size_t depth) {
    return repeat("{\"a\":", depth) + "1" + repeat("}", depth);
  };
  const auto call = [&](const std::string& deep) {
    return call_line("11", target.tool, arguments_with(target, "\"deep\":" + deep));
  };
  const Want unknown = target.server == "files" ? Want::AnyAnswer : Want::ToolError;
  return {
      refused("a list of lists alone", lists(200), ""),
      refused("an object of objects alone", objects(200), ""),
      unreadable("a hundred thousand brackets that never close", repeat("[", 100'000)),
      unreadable("objects that never close", repeat("{\"a\":", 50'000)),
      refused("lists in an argument", call(lists(100'000)), "11"),
      refused("objects in an argument", call(objects(10'000)), "11"),
      refused("lists and objects by turns", call(repeat("[{\"a\":", 500) + "1" + repeat("}]", 500)),
              "11"),
      refused("one level too deep", call(lists(126)), "11"),
      {.name = "as deep as may be", .line = call(lists(125)), .want = unknown, .id = "11"},
      refused("deep where nobody looks",
              R"({"jsonrpc":"2.0","id":12,"method":"ping","extra":)" + objects(5'000) + "}", "12"),
      refused("a deep id", R"({"jsonrpc":"2.0","method":"ping","id":)" + lists(300) + "}", ""),
      refused("deep before the id is known",
              R"({"params":)" + lists(300) + R"(,"jsonrpc":"2.0","method":"ping","id":13})", "13"),
      {.name = "brackets inside a string are only text",
       .line = call_line("14", target.tool,
                         arguments_with(target, "\"deep\":\"" + repeat("[", 1000) + "\"")),
       .want = unknown,
       .id = "14"},
  };
}

std::vector<BadInput> bad_utf8(const Target& target) {
  const auto text = [&](const std::string& name, const std::string& bytes) {
    return unreadable(name, call_with_text(target, bytes));
  };
  return {
      text("a lone continuation byte", "\x80"),
      text("a character cut short", "\xe2\x82"),
      text("four bytes cut to three", "\xf0\x9f\x98"),
      text("an overlong slash", "\xc0\xaf"),
      text("an overlong three-byte form", "\xe0\x80\xaf"),
      text("half of a surrogate pair", "\xed\xa0\x80"),
      text("beyond the last code point", "\xf4\x90\x80\x80"),
      text("a byte that never occurs", "\xff"),
      text("Latin-1", "\xfc"),
      text("a NUL byte", std::string(1, '\0')),
      text("an escaped half surrogate", "\\ud800"),
      text("an escaped pair in the wrong order", "\\udc00\\ud800"),
      unreadable("in a member's name", "{\"jsonrpc\":\"2.0\",\"id\":1,\"meth\xc3od\":\"ping\"}"),
      unreadable("in the method", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p\xc3\x28ing\"}"),
      unreadable("in the id", "{\"jsonrpc\":\"2.0\",\"id\":\"\xa0\",\"method\":\"ping\"}"),
      unreadable("after the message", good_call(target, "1") + "\xe2"),
      unreadable("UTF-16", std::string("{\0\"\0a\0\"\0:\0", 10)),
  };
}

std::vector<BadInput> huge_numbers(const Target& target) {
  std::vector<BadInput> all;
  const auto number = [&](const std::string& text, Want want) {
    all.push_back({.name = target.integer + " = " + text.substr(0, 30),
                   .line = call_line("15", target.tool,
                                     arguments_with(target, "\"" + target.integer + "\":" + text)),
                   .want = want,
                   .id = want == Want::Refusal ? "" : "15"});
  };
  number("9223372036854775807", target.server == "files" ? Want::AnyAnswer : Want::ToolError);
  number("9223372036854775808", Want::ToolError);
  number("18446744073709551615", Want::ToolError);
  number("18446744073709551616", Want::ToolError);
  number("-9223372036854775808", Want::ToolError);
  number("-9223372036854775809", Want::ToolError);
  number("1e18", target.server == "files" ? Want::AnyAnswer : Want::ToolError);
  number("1e308", Want::ToolError);
  number("-1.7976931348623157e308", Want::ToolError);
  number("2.5", Want::ToolError);
  number("4.9e-324", Want::ToolError);
  number("1e400", Want::Refusal);
  number("-1e999999999", Want::Refusal);
  number(std::string(1000, '9'), Want::Refusal);
  all.push_back({.name = "an id that is no integer any more",
                 .line = R"({"jsonrpc":"2.0","id":99999999999999999999,"method":"ping"})",
                 .want = Want::Refusal});
  return all;
}

std::vector<BadInput> batches(const Target& target) {
  const std::string call = good_call(target, "16");
  const std::string note = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
  return {
      unreadable("an empty batch", "[]"),
      unreadable("a batch of one call", "[" + call + "]"),
      unreadable("a batch of two calls", "[" + call + "," + good_call(target, "17") + "]"),
      unreadable("a batch of a notification", "[" + note + "]"),
      unreadable("a batch of numbers", "[1,2,3]"),
      unreadable("a batch in a batch", "[[" + call + "]]"),
      unreadable("a batch of nothing", "[null]"),
      unreadable("a batch with a handshake in it",
                 R"([{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}])"),
      unreadable("a batch with a request of the newest revision",
                 R"([{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":)"
                 R"({"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                 R"("io.modelcontextprotocol/clientCapabilities":{}}}}])"),
      unreadable("a batch of answers", R"([{"jsonrpc":"2.0","id":1,"result":{}}])"),
      unreadable("a thousand and one messages", "[" + repeat(note + ",", 1000) + note + "]"),
      unreadable("a batch without its end", "[" + call + ","),
  };
}

}  // namespace wire
