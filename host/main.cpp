#include <clocale>
#include <exception>
#include <iostream>

#include "host/commands/command_line.hpp"
#include "host/commands/terminal.hpp"

int main(int argc, char** argv) {
  // Widths of characters come from the locale; every text here is UTF-8.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  try {
    return host::run_command_line(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "adjutant: " << host::plain(error.what()) << "\n";
    return 1;
  }
}
