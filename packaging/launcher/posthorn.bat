@echo off
rem Starts Posthorn. Finds its own Java and never asks which one is on the PATH.
setlocal EnableExtensions DisableDelayedExpansion

set "home=%~dp0.."
set "java="
set "built_with="
if exist "%home%\lib\java.home" set /p built_with=<"%home%\lib\java.home"

call :take "%home%\runtime"
if not defined java if defined built_with call :take "%built_with%"
if not defined java if defined JAVA_HOME call :take "%JAVA_HOME%"
if not defined java (
    echo posthorn: no Java 25 or later was found: install a JDK 25 and set JAVA_HOME to its folder. 1>&2
    exit /b 2
)

"%java%" "@%home%\lib\java.arguments" --module-path "%home%\lib" --module org.posthorn %*
exit /b %errorlevel%

rem Every Java since 9 states its version in a file, as JAVA_VERSION="25.0.3": points and quotes part its words.
:take
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "version=0"
for /f tokens^=2^ delims^=.^" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "version=%%v"
if %version% geq 25 set "java=%~1\bin\java.exe"
exit /b 0
